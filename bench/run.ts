import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildProgram } from '#lib/cli/build-program.ts'
import { belongings } from './belongings.ts'
import { fanOut } from './fan-out.ts'
import { kill } from './kill.ts'
import { mixed } from './mixed.ts'
import { pages } from './pages.ts'
import type { Measured, Options, Part } from './part.ts'
import { soak } from './soak.ts'
import { start } from './start.ts'
import { storm } from './storm.ts'
import { markdown } from './table.ts'
import { writes } from './writes.ts'

// Runs the benchmarks that are named, or all, and prints a table of each, which is also written to reports/bench.md and, with all figures,
// to reports/bench.json. Ends with 1 if something isn't as it must be, whatever the figures are.
//   npm run bench -- [part …] [--option value …]

const parts: Readonly<Record<string, Part>> = { 'fan-out': fanOut, pages, storm, kill, mixed, writes, start, soak }

const names = ['readers', 'updates', 'database', 'sizes', 'seconds', 'rounds', 'connections', 'warm', 'minutes', 'writes', 'starts']
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
})
const chosen = positionals.length > 0 ? positionals : Object.keys(parts)
for (const name of chosen) if (!parts[name]) throw new Error(`there is no part ${name}: there are ${Object.keys(parts).join(', ')}`)

/** What ends a part before its time: a signal, or what fails where nobody waits for it. What fails after that is of what was dropped. */
const brokenOff = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => reject(new Error(`ended by ${signal}`)))
  process.on('unhandledRejection', reject)
})
brokenOff.catch(() => {})

async function runPart(part: Part, options: Options): Promise<Measured> {
  const own = belongings()
  try {
    return await Promise.race([part(options, own), brokenOff])
  } finally {
    await own.dropAll()
  }
}

await buildProgram(fileURLToPath(new URL('..', import.meta.url)))
const measured: Record<string, Measured> = {}
for (const name of chosen) {
  const part = parts[name]
  if (!part) continue
  const result = await runPart(part, values)
  measured[name] = result
  for (const table of result.tables) console.log(`\n${markdown(table)}`)
  for (const line of result.wrong) console.log(`\nWRONG: ${line}`)
}

const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model ?? '', at: new Date().toISOString() }
const tables = Object.values(measured).flatMap(({ tables, wrong }) => [...tables.map(markdown), ...wrong.map((line) => `WRONG: ${line}`)])
mkdirSync('reports', { recursive: true })
writeFileSync('reports/bench.md', `Node ${machine.node}, ${machine.cpus} × ${machine.model}, ${machine.at}\n\n${tables.join('\n\n')}\n`)
writeFileSync(
  'reports/bench.json',
  `${JSON.stringify({ machine, options: values, parts: Object.fromEntries(Object.entries(measured).map(([name, { figures, wrong }]) => [name, { figures, wrong }])) }, null, 2)}\n`,
)
process.exit(Object.values(measured).some(({ wrong }) => wrong.length > 0) ? 1 : 0)
