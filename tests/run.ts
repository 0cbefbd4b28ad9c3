import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import buildFirst from './build-first.ts'
import { findOrInstallChromium } from './find-chromium.ts'
import { readPlaywrightReport, readVitestReport, type SuiteReport } from './reports.ts'
import { summaryOf } from './summary.ts'

// `npm test` runs every suite and prints one line at the end that counts all of them. `npm run test:fast` runs what needs neither a
// build, nor a browser, nor a database server. TEST_PROGRAM_NODE names another version of Node to start the program with.

const require = createRequire(import.meta.url)

type Suite = { readonly name: string; run(): Promise<SuiteReport> }

function vitest(
  name: string,
  projects: readonly string[],
  { env = {}, node = process.execPath }: { env?: Record<string, string>; node?: string } = {},
): Suite {
  const file = `reports/${name}.json`
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...projects.map((project) => `--project=${project}`)]
  return { name, run: () => runSuite(name, [node, binOf('vitest', 'vitest.mjs'), ...args], file, readVitestReport, env) }
}

function browser(): Suite {
  const file = 'reports/browser.json'
  const env = { PLAYWRIGHT_CHROMIUM: findOrInstallChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const command = [process.execPath, binOf('@playwright/test', 'cli.js'), 'test', '--reporter=list,json']
  return { name: 'browser', run: () => runSuite('browser', command, file, readPlaywrightReport, env) }
}

function binOf(name: string, file: string): string {
  return require.resolve(`${name}/package.json`).replace(/package\.json$/, file)
}

async function runSuite(
  name: string,
  [program = '', ...args]: readonly string[],
  file: string,
  read: (name: string, json: unknown) => SuiteReport,
  env: Record<string, string> = {},
): Promise<SuiteReport> {
  rmSync(file, { force: true })
  const began = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => console.log(`[${name}] ${line}`))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const seconds = Math.round((performance.now() - began) / 1000)
  let report: SuiteReport
  try {
    report = read(name, JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    report = { name, passed: 0, flaky: [], failed: [{ test: `${name} left no report`, reason: String(error) }], seconds }
  }
  // An error outside of any test, in a hook of the whole run for instance. A test that passed on its second try doesn't explain it.
  const isUnexplained = status !== 0 && report.failed.length === 0
  return { ...report, seconds, failed: isUnexplained ? [{ test: name, reason: `ended with status ${status}` }] : report.failed }
}

/** Runs suites one after the other. */
async function lane(suites: readonly Suite[]): Promise<SuiteReport[]> {
  const reports: SuiteReport[] = []
  for (const suite of suites) reports.push(await suite.run())
  return reports
}

async function runFast(): Promise<SuiteReport[]> {
  return lane([vitest('unit', ['pure', 'database'], { env: { TEST_DATABASES: 'embedded' } })])
}

async function runAll(): Promise<SuiteReport[]> {
  // Once, before two suites need it at the same time.
  await buildFirst()
  const unit = vitest('unit', ['pure', 'database'])
  const program = vitest('program', ['process', 'edge'], { node: process.env.TEST_PROGRAM_NODE || process.execPath })
  const abuse = vitest('abuse', ['abuse'])
  // Two cores have enough to do with one suite; beside each other, both took longer than one after the other.
  const lanes = availableParallelism() < 4 ? [[unit, program, abuse, browser()]] : [[unit, browser(), abuse], [program]]
  return (await Promise.all(lanes.map(lane))).flat()
}

mkdirSync('reports', { recursive: true })
const { lines, isGreen } = summaryOf(await (process.argv.includes('--fast') ? runFast() : runAll()))
console.log(`\n${lines.join('\n')}`)
process.exit(isGreen ? 0 : 1)
