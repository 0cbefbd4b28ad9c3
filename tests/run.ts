import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { findOrInstallChromium } from './find-chromium.ts'

// All suites, one after the other, and one line at the end that counts them together.

type Count = { passed: number; failed: number }

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
  const { numPassedTests = 0, numFailedTests = 0 } = report as { numPassedTests?: number; numFailedTests?: number }
  return counted(numPassedTests, numFailedTests, status)
}

function pages(): Count {
  const { status, report } = run('playwright', binOf('@playwright/test', 'cli.js'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_CHROMIUM: findOrInstallChromium(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: 'reports/playwright.json',
  })
  const { expected = 0, flaky = 0, unexpected = 0 } = (report as { stats?: { expected: number; flaky: number; unexpected: number } }).stats ?? {}
  return counted(expected + flaky, unexpected, status)
}

/** A suite that ended badly has failed, even if it got to no test. */
function counted(passed: number, failed: number, status: number | null): Count {
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1) }
}

mkdirSync('reports', { recursive: true })
const counts = [units(), pages()]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
