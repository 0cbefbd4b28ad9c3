import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseKinds } from '../tests/databases.ts'
import type { Belongings } from './belongings.ts'
import { now } from './clock.ts'
import { ownPlace, type Settings, startOurs } from './our-server.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { decimal, median, quantile } from './table.ts'

// From starting the program, which is built, until the first page is answered: the very first time, and later.
//   npm run bench -- start --starts 5

export async function start(options: Options, own: Belongings): Promise<Measured> {
  const starts = numberOf(options, 'starts', 5)
  const empty = mkdtempSync(join(tmpdir(), 'staytuned-'))
  own.add(() => rmSync(empty, { recursive: true }))
  const results = [{ name: 'embedded, the first of all', times: [await startOnce({ STAYTUNED_DATA: empty }, own)] }]
  for (const kind of databaseKinds) {
    const { settings } = await ownPlace(kind, own)
    // The tables are made, and so is the first story.
    await startOnce(settings, own)
    const times: number[] = []
    for (let count = 0; count < starts; count += 1) times.push(await startOnce(settings, own))
    results.push({ name: kind, times })
  }
  return {
    tables: [
      {
        title: 'Start → first page (s)',
        heads: ['database', 'p50', 'max'],
        rows: results.map(({ name, times }) => [name, decimal(median(times) / 1000, 2), decimal(quantile(times, 1) / 1000, 2)]),
      },
    ],
    figures: results,
    wrong: [],
  }
}

async function startOnce(settings: Settings, own: Belongings): Promise<number> {
  const begin = now()
  const server = await startOurs({ ...settings, STAYTUNED_FIRST_STORY: 'on' }, own)
  const page = await fetch(server.url)
  await page.text()
  if (!page.ok) throw new Error(`the first page was answered with ${page.status}`)
  const took = now() - begin
  await server.stop()
  return took
}
