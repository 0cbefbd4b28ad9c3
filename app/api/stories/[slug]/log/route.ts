import { noSuchStory, route } from '#lib/http/route.ts'
import { jsonLines, textStream } from '#lib/http/text-stream.ts'
import { readPublicLog } from '#lib/reading/read-log.ts'
import { runtime } from '#lib/runtime.ts'

export const GET = route(async (_request, { slug }: { slug: string }) => {
  const log = await readPublicLog(runtime().newsroom.store, slug)
  if (!log) return noSuchStory()
  return new Response(textStream(jsonLines(log.entries)), {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': `inline; filename="${slug}.ndjson"`,
      'cache-control': 'public, max-age=0, s-maxage=1',
      // A part of what is hashed, and in no event of its own; and how the log ends, so that one that was cut off is known as such.
      'staytuned-story': log.stored.story.id,
      'staytuned-head': String(log.stored.head),
      'staytuned-hash': log.stored.chain,
    },
  })
})
