import { ApiClient } from '../tests/api-client.ts'
import type { Belongings } from './belongings.ts'
import { startChild } from './child.ts'
import { databaseOf, ownPlace, startOurs } from './our-server.ts'
import type { Options } from './part.ts'
import type { PageReaders } from './processes/page-readers.ts'
import type { ReadersProcess } from './processes/readers.ts'

/** A story on a server of its own, with so many readers who follow it, and a process that reads its page. */
export async function followedStory(readers: number, options: Options, own: Belongings) {
  const { settings } = await ownPlace(databaseOf(options), own)
  const server = await startOurs(settings, own)
  const editor = await ApiClient.signedIn(server.url)
  const slug = await editor.openStory()
  const load = startChild<ReadersProcess>('readers', own)
  const visitors = startChild<PageReaders>('page-readers', own)
  await load.ask('gather', 'all', { url: server.url, by: 'staytuned', room: slug })
  if (!(await load.ask('connect', 'all', readers, 1))) throw new Error(`not all of ${readers} readers could follow`)
  return { server, editor, slug, load, visitors, page: `${server.url}/stories/${slug}` }
}
