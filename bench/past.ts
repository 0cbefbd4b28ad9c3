import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildProgram } from '#lib/cli/build-program.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { startServer } from '../tests/running-server.ts'
import { writeLongStory } from './long-story.ts'

// What a page of the past costs beside the page of now, for a story of 2,000 updates: asked for in turn, one at a time, so that the
// ratio holds on a machine that others use too.
//   npm run bench:past -- [updates] [rounds]

const [updates = 2000, rounds = 60] = process.argv.slice(2).map(Number)
const root = fileURLToPath(new URL('..', import.meta.url))
const slug = 'river'

async function timed(address: string): Promise<number> {
  const begin = performance.now()
  const answer = await fetch(address)
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return performance.now() - begin
}

function median(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN
}

const data = mkdtempSync(join(tmpdir(), 'staytuned-bench-'))
try {
  await buildProgram(root)
  const store = await openStore(await openDatabase(undefined, data), join(root, 'prisma/migrations'))
  await writeLongStory(store, { updates, slug })
  const stored = await store.story(slug)
  const [begun, last] = [Date.parse(stored?.story.openedAt ?? ''), Date.parse(stored?.updatedAt ?? '')]
  await store.close()
  const server = await startServer({ STAYTUNED_DATA: data })
  const story = `${server.url}/stories/${slug}`
  const at = (share: number) => `${story}/at/${new Date(begun + (last - begun) * share).toISOString()}`
  const pages = { now: story, 'a quarter in': at(0.25), 'half-way': at(0.5), 'as it stands': at(1), 'the whole of it compared': `${story}/compare` }
  const times = new Map(Object.keys(pages).map((name) => [name, [] as number[]]))
  for (let round = -5; round < rounds; round += 1) {
    for (const [name, address] of Object.entries(pages)) {
      const time = await timed(address)
      // The first rounds warm it up.
      if (round >= 0) times.get(name)?.push(time)
    }
  }
  await server.stop()
  const now = median(times.get('now') ?? [])
  console.log(`A story of ${updates} updates, ${rounds} rounds:`)
  console.table(
    Object.fromEntries(
      [...times].map(([name, all]) => [name, { 'ms, median': Number(median(all).toFixed(1)), 'of now': Number((median(all) / now).toFixed(2)) }]),
    ),
  )
} finally {
  rmSync(data, { recursive: true, force: true })
}
