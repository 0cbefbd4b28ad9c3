import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '../tests/api-client.ts'
import { databaseKinds } from '../tests/databases.ts'
import type { Belongings } from './belongings.ts'
import { startChild } from './child.ts'
import { now, pause } from './clock.ts'
import { ownPlace, startOurs } from './our-server.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { post } from './posting.ts'
import type { ReadersProcess } from './processes/readers.ts'
import { decimal } from './table.ts'

// kill -9 of the process that has all the readers, on a PostgreSQL server; a process of its own goes on writing. Two seconds later it is
// started again, and its readers come back by the pages' own backoff, each from its number.
//
// Queries are counted in the process by what its driver is asked, text by text. Those of the catch-up are what it asked of the database from
// its start until all were back, less what it asks when it is started and nobody comes, over as long a time.
//   npm run bench -- kill --readers 5000 --updates 20

const downMs = 2_000
const backWithinMs = 60_000

type Queries = Readonly<Record<string, number>>

export async function kill(options: Options, own: Belongings): Promise<Measured> {
  const title = 'kill -9 of a live process'
  if (!databaseKinds.includes('server'))
    return { tables: [{ title, heads: ['left out'], rows: [['there is no PostgreSQL server']] }], figures: null, wrong: [] }
  const readers = numberOf(options, 'readers', 5_000)
  const updates = numberOf(options, 'updates', 20)
  const { settings } = await ownPlace('server', own)
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  own.add(() => rmSync(folder, { recursive: true }))
  const shared = { ...settings, STAYTUNED_SECRET: randomBytes(32).toString('hex') }
  const web = await startOurs({ ...shared, STAYTUNED_ROLE: 'web' }, own)
  const live = { ...shared, STAYTUNED_DATA: folder, STAYTUNED_ROLE: 'live', PORT: String(await freePort()) }
  const editor = await ApiClient.signedIn(web.url)
  const slug = await editor.openStory()

  const first = await startOurs(live, own)
  const load = startChild<ReadersProcess>('readers', own)
  await load.ask('gather', 'all', { url: first.url, by: 'staytuned', room: slug })
  if (!(await load.ask('connect', 'all', readers, 1))) throw new Error(`not all of ${readers} readers could follow`)
  const numbers = Array.from({ length: updates }, (_, index) => index + 1)
  for (const number of numbers) await post(editor, slug, number)
  await load.ask('allAt', 'all', updates + 1, backWithinMs)

  await first.kill()
  await Promise.all([pause(downMs), ...numbers.map((number) => post(editor, slug, updates + number))])
  const restarted = now()
  const second = await startOurs(live, own)
  const listening = now()
  const back = await load.ask('allAt', 'all', 2 * updates + 1, backWithinMs)
  const { queries } = await second.probe()
  const took = now() - listening
  const seen = await load.ask('report', 'all')

  await load.ask('leave', 'all', readers)
  await second.kill()
  const idle = await startOurs(live, own)
  await pause(took)
  const more = moreThan(queries, (await idle.probe()).queries)
  const count = Object.values(more).reduce((sum, times) => sum + times, 0)

  const last = 2 * updates + 1
  const lost = seen.at.reduce((sum, at) => sum + (last - at), 0)
  return {
    tables: [
      {
        title,
        heads: ['readers', 'all back after its start, s', 'after it listens, s', 'lost / doubled', 'queries of the catch-up'],
        rows: [[readers, decimal((back - restarted) / 1000), decimal((back - listening) / 1000), `${lost} / ${seen.doubled}`, count]],
      },
    ],
    figures: {
      readers,
      updates,
      backAfterStartMs: back - restarted,
      backAfterListeningMs: back - listening,
      lost,
      doubled: seen.doubled,
      queries: more,
    },
    wrong: [
      ...(lost + seen.doubled > 0 ? [`${lost} deliveries were lost and ${seen.doubled} doubled`] : []),
      ...(Number.isNaN(back) ? [`${readers - seen.ready} readers weren’t back within ${backWithinMs / 1000} s`] : []),
    ],
  }
}

function moreThan(queries: Queries, others: Queries): Queries {
  const differences = Object.entries(queries).map(([text, times]) => [text, times - (others[text] ?? 0)] as const)
  return Object.fromEntries(differences.filter(([, times]) => times > 0))
}

/** It is told to the readers, and taken again after the restart. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
