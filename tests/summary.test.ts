import { expect, test } from 'vitest'
import type { Failure, SuiteReport } from './reports.ts'
import { maxFlaky, summaryOf } from './summary.ts'

const failures = (count: number): Failure[] =>
  Array.from({ length: count }, (_, index) => ({ test: `test ${index}`, reason: `reason ${index}\n${'  at somewhere\n'.repeat(40)}` }))

const suite = (passed: number, failed = 0, flaky = 0): SuiteReport => ({
  name: 'suite',
  passed,
  failed: failures(failed),
  flaky: failures(flaky),
  seconds: 1,
})

test('a run in which all pass is green, and its last line counts all suites together', () => {
  const { lines, isGreen } = summaryOf([suite(10), suite(20)])
  expect(isGreen).toBe(true)
  expect(lines.at(-1)).toBe('30 passed, 0 failed')
})

test.each([1, 5, 300])('of %i failures the last twenty lines have names, reasons and the number', (count) => {
  const { lines, isGreen } = summaryOf([suite(10, count), suite(20, 0, maxFlaky), suite(1)])
  const last = lines.slice(-20).join('\n')
  expect(isGreen).toBe(false)
  expect(last).toContain('FAILED test 0\n    reason 0')
  expect(lines.at(-1)).toBe(`31 passed, ${count} failed`)
  // In detail further up.
  expect(lines.filter((line) => line.includes('at somewhere')).length).toBeGreaterThanOrEqual(40 * count)
})

test('tests that passed only on the second try are named, and more than two of them fail the run', () => {
  expect(summaryOf([suite(10, 0, maxFlaky)])).toMatchObject({ isGreen: true })
  expect(
    summaryOf([suite(10, 0, maxFlaky)])
      .lines.slice(-20)
      .join('\n'),
  ).toContain('test 1: reason 1')
  const { lines, isGreen } = summaryOf([suite(10, 0, maxFlaky), suite(5, 0, 1)])
  expect(isGreen).toBe(false)
  expect(lines.at(-1)).toBe(`${15 - maxFlaky - 1} passed, ${maxFlaky + 1} failed`)
})
