import { refused } from '#lib/http/problem.ts'
import { addressOf, noSuchStory, route } from '#lib/http/route.ts'
import { jsonLines, textFile } from '#lib/http/text-stream.ts'
import { networkOf } from '#lib/limits/network.ts'
import { readPublicLog } from '#lib/reading/read-log.ts'
import { runtime } from '#lib/runtime.ts'

export const GET = route(async (request, { slug }: { slug: string }) => {
  const { newsroom, work } = runtime()
  const log = await readPublicLog(newsroom.store, slug)
  if (!log) return noSuchStory()
  const network = networkOf(addressOf(request))
  const download = work.downloads.enter(network)
  if (!(await download.admitted)) return refused({ kind: 'busy' })
  return new Response(
    textFile(jsonLines(log.entries), () => work.pieces.enter(network), download.release),
    {
      headers: {
        'content-type': 'application/x-ndjson',
        'content-disposition': `inline; filename="${slug}.ndjson"`,
        'cache-control': 'public, max-age=0, s-maxage=1',
        // The story's id is part of each hash and in no event. The head and its hash tell whether the log arrived in full.
        'staytuned-story': log.stored.story.id,
        'staytuned-head': String(log.stored.head),
        'staytuned-hash': log.stored.chain,
      },
    },
  )
})
