import { Readable } from 'node:stream'
import { exportStory } from '#lib/archive/export-story.ts'
import { askOwn } from '#lib/http/ask-own.ts'
import { storyDeskRoute } from '#lib/http/route.ts'
import { noteExport } from '#lib/newsroom/note-export.ts'
import { runtime } from '#lib/runtime.ts'

export const GET = storyDeskRoute<{ slug: string }>('export a story', async ({ newsroom, person, params: { slug } }) => {
  const stored = await newsroom.store.story(slug)
  if (!stored) return null
  await noteExport(newsroom, person, slug)
  const { media, addresses } = runtime()
  const ask = async (path: string) => {
    const answer = await askOwn(path)
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null
  }
  const archive = exportStory({ store: newsroom.store, media, publicUrl: addresses.publicUrl, now: newsroom.now(), ask }, stored)
  return new Response(Readable.toWeb(archive) as ReadableStream, {
    headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${slug}.zip"`, 'cache-control': 'no-store' },
  })
})
