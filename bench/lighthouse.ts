import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inThreadTime, type TraceEvent } from './thread-time.ts'

export type Figures = Readonly<Record<string, number>>

export type Judged = {
  readonly figures: Figures
  /** What was worth less than 0.9, of what counts. */
  readonly failed: readonly string[]
}

type Audit = { readonly score: number | null; readonly numericValue?: number }
type Report = {
  readonly categories: Readonly<Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>>
  readonly audits: Readonly<Record<string, Audit>>
}

/**
 * One visit of a phone's, judged twice: by the clock, which also counts what the machine did meanwhile for others (the server, the
 * browser's other processes, Lighthouse), and by the time for which the page's own thread ran. Lighthouse is not one of our packages:
 * it is fetched with npx, or found by LIGHTHOUSE.
 */
export function lighthouse(
  address: string,
  chromium: { readonly path: string; readonly flags: readonly string[] },
): { byClock: Judged; byThread: Judged } {
  const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'))
  const [program = '', ...first] = process.env.LIGHTHOUSE ? [process.env.LIGHTHOUSE] : ['npx', '--yes', 'lighthouse@12']
  const run = (...rest: string[]) =>
    execFileSync(program, [...first, address, '--quiet', ...rest], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CHROME_PATH: chromium.path },
    })
  const report = join(folder, 'report.json')
  const judge = (): Judged => {
    run(`-A=${folder}`, '--output=json', `--output-path=${report}`)
    return figuresOf(JSON.parse(readFileSync(report, 'utf8')))
  }
  try {
    run(`-G=${folder}`, `--chrome-flags=--headless=new ${chromium.flags.join(' ')}`)
    const byClock = judge()
    for (const file of readdirSync(folder).filter((name) => name.endsWith('trace.json'))) {
      const trace: { traceEvents: TraceEvent[] } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      inThreadTime(trace.traceEvents)
      writeFileSync(join(folder, file), JSON.stringify(trace))
    }
    return { byClock, byThread: judge() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function figuresOf({ categories, audits }: Report): Judged {
  const value = (id: string) => audits[id]?.numericValue ?? Number.NaN
  const failed = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => id)
  const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)] as const)
  const metrics = {
    'FCP ms': value('first-contentful-paint'),
    'LCP ms': value('largest-contentful-paint'),
    CLS: value('cumulative-layout-shift'),
    'TBT ms': value('total-blocking-time'),
  }
  return { figures: { ...Object.fromEntries(scores), ...metrics }, failed }
}
