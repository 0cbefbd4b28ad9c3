import { stripVTControlCharacters } from 'node:util'

// What the two test runners write into their JSON reports, as one shape.

export type Failure = { readonly test: string; readonly reason: string }

export type SuiteReport = {
  readonly name: string
  /** Tests that passed, flaky ones included. */
  readonly passed: number
  readonly failed: readonly Failure[]
  /** Tests that passed only on their second try, and why the first one failed. */
  readonly flaky: readonly Failure[]
  readonly seconds: number
}

/** How long a file, or one test of it, took, in ms. Of a browser test that ran at several sizes: all of them. */
export type Timing = { readonly file: string; readonly test: string; readonly ms: number }

type VitestReport = {
  readonly numPassedTests?: number
  readonly testResults?: readonly {
    readonly name: string
    readonly message: string
    readonly startTime: number
    readonly endTime: number
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly duration?: number | null
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

type PlaywrightSuite = {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly {
      readonly projectName: string
      readonly status: string
      readonly results: readonly { readonly duration: number; readonly error?: { readonly message?: string } }[]
    }[]
  }[]
}

type PlaywrightReport = PlaywrightSuite & { readonly stats?: { readonly expected: number; readonly flaky: number } }

/** Reads the report of vitest's JSON reporter. */
export function readVitestReport(name: string, json: unknown): SuiteReport {
  const { numPassedTests = 0, testResults = [] } = json as VitestReport
  const failed = testResults.flatMap(({ name: file, message, assertionResults }) => [
    // A file that couldn't be loaded, or whose hooks failed.
    ...(message && !assertionResults.some(({ status }) => status === 'failed') ? [{ test: pathFrom(file), reason: message }] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({ test: `${pathFrom(file)} › ${fullName}`, reason: failureMessages[0] ?? '' })),
  ])
  return { name, passed: numPassedTests, failed: failed.map(plain), flaky: [], seconds: 0 }
}

/** Reads the report of Playwright's JSON reporter. */
export function readPlaywrightReport(name: string, json: unknown): SuiteReport {
  const report = json as PlaywrightReport
  const { stats: { expected = 0, flaky = 0 } = {} } = report
  const ended = (status: string) =>
    specsIn(report).flatMap(({ title, file, tests }) =>
      tests
        .filter((test) => test.status === status)
        .map(({ projectName, results }) =>
          plain({ test: `[${projectName}] ${file} › ${title}`, reason: results.find(({ error }) => error)?.error?.message ?? '' }),
        ),
    )
  return { name, passed: expected + flaky, failed: ended('unexpected'), flaky: ended('flaky'), seconds: 0 }
}

/** Lists how long each test took, in either report. */
export function timingsIn(json: unknown): Timing[] {
  const { testResults } = json as VitestReport
  if (testResults)
    return testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, duration }) => ({ file: pathFrom(name), test: fullName, ms: duration ?? 0 })),
    )
  return specsIn(json as PlaywrightReport).map(({ title, file, tests }) => ({
    file: `tests/browser/${file}`,
    test: title,
    ms: tests.flatMap(({ results }) => results.map(({ duration }) => duration)).reduce((sum, ms) => sum + ms, 0),
  }))
}

function specsIn({ suites = [], specs = [] }: PlaywrightSuite): NonNullable<PlaywrightSuite['specs']> {
  return [...specs, ...suites.flatMap(specsIn)]
}

function pathFrom(file: string): string {
  return file.replace(/^.*\/(?=tests\/)/, '')
}

function plain({ test, reason }: Failure): Failure {
  return { test, reason: stripVTControlCharacters(reason).trim() }
}
