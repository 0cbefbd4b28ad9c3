import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { stripVTControlCharacters } from 'node:util'
import { findOrInstallChromium } from './find-chromium.ts'

// All suites, one after the other, and one line at the end that counts them together.

type Count = {
  passed: number
  failed: number
  /** What failed, or passed only when it was tried again, and why: a line or a few each. */
  remarks: string[]
}

const require = createRequire(import.meta.url)

function run(name: string, program: string, args: string[], env: Record<string, string> = {}): { status: number | null; report: unknown } {
  const file = `reports/${name}.json`
  rmSync(file, { force: true })
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit', env: { ...process.env, ...env } })
  try {
    return { status, report: JSON.parse(readFileSync(file, 'utf8')) }
  } catch (error) {
    console.error(`${name} left no report:`, error)
    return { status, report: {} }
  }
}

function binOf(name: string, file: string): string {
  return require.resolve(`${name}/package.json`).replace(/package\.json$/, file)
}

function units(): Count {
  const { status, report } = run('vitest', binOf('vitest', 'vitest.mjs'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=reports/vitest.json',
  ])
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = report as VitestReport
  const remarks = testResults.flatMap(({ name, message, assertionResults }) => [
    // A file that couldn't even be run.
    ...(message && assertionResults.length === 0 ? [remark('failed', name, message)] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => remark('failed', `${name} › ${fullName}`, failureMessages[0])),
  ])
  return counted(numPassedTests, numFailedTests, status, remarks)
}

type VitestReport = {
  numPassedTests?: number
  numFailedTests?: number
  testResults?: { name: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
}

function pages(): Count {
  const { status, report } = run('playwright', binOf('@playwright/test', 'cli.js'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_CHROMIUM: findOrInstallChromium(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: 'reports/playwright.json',
  })
  const { stats: { expected = 0, flaky = 0, unexpected = 0 } = {}, suites = [] } = report as PlaywrightReport
  return counted(expected + flaky, unexpected, status, suites.flatMap(remarksOn))
}

type PlaywrightReport = { stats?: { expected: number; flaky: number; unexpected: number }; suites?: PlaywrightSuite[] }
type PlaywrightSuite = {
  suites?: PlaywrightSuite[]
  specs?: { title: string; file: string; tests: { projectName: string; status: string; results: { error?: { message?: string } }[] }[] }[]
}

function remarksOn({ suites = [], specs = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, status, results }) => {
        const error = results.find((result) => result.error)?.error?.message
        return remark(status === 'flaky' ? 'passed when it was tried again' : 'failed', `[${projectName}] ${file} › ${title}`, error)
      }),
  )
  return [...own, ...suites.flatMap(remarksOn)]
}

function remark(what: string, name: string, error = ''): string {
  const [, why = ''] = /^([\s\S]{0,600})/.exec(stripVTControlCharacters(error).trim()) ?? []
  return `${what}: ${name}\n${why.replace(/^/gm, '    ')}`
}

/** A suite that ended badly has failed, even if it got to no test. */
function counted(passed: number, failed: number, status: number | null, remarks: string[]): Count {
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1), remarks }
}

mkdirSync('reports', { recursive: true })
const counts = [units(), pages()]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
for (const { remarks } of counts) for (const each of remarks) console.log(`\n${each}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
