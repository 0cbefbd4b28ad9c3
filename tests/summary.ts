import type { Failure, SuiteReport } from './reports.ts'

/** More tests than this needing their second try fail the run. */
export const maxFlaky = 2

/** Of more failures than this only the number is printed: name and reason of each fit into the last twenty lines of the output. */
const maxNamed = 5
/** In characters. */
const maxReason = 400

/** The end of a run: in detail what failed, then, in the last twenty lines, each failure with its reason, and the line that counts. */
export function summaryOf(reports: readonly SuiteReport[]): { lines: string[]; isGreen: boolean } {
  const failed = reports.flatMap((report) => report.failed)
  const flaky = reports.flatMap((report) => report.flaky)
  const isFlakyAllowed = flaky.length <= maxFlaky
  const passed = reports.reduce((sum, report) => sum + report.passed, 0) - (isFlakyAllowed ? 0 : flaky.length)
  const counted = isFlakyAllowed ? failed : [...failed, ...flaky]
  const lines = [
    ...[...failed, ...flaky].flatMap(({ test, reason }) => [test, ...reason.split('\n').map((line) => `    ${line}`), '']),
    ...reports.map(({ name, seconds, passed: count }) => `${name}: ${count} passed in ${seconds} s`),
    ...(flaky.length > 0 ? [`${flaky.length} passed only on the second try (${maxFlaky} are allowed):`, ...flaky.slice(0, maxFlaky).map(named)] : []),
    ...counted.slice(0, maxNamed).flatMap((failure) => [`FAILED ${failure.test}`, `    ${shortReason(failure)}`]),
    ...(counted.length > maxNamed ? [`… and ${counted.length - maxNamed} more, above`] : []),
    `${passed} passed, ${counted.length} failed`,
  ]
  return { lines, isGreen: counted.length === 0 }
}

function named({ test, reason }: Failure): string {
  return `  ${test}: ${shortReason({ test, reason })}`
}

function shortReason({ reason }: Failure): string {
  return reason
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 4)
    .join(' | ')
    .slice(0, maxReason)
}
