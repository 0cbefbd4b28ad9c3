import { readdirSync, readFileSync } from 'node:fs'
import { timingsIn } from './reports.ts'

// Prints the slowest files and tests of the last `npm test`, from its reports: `npm run test:slowest -- [HOW MANY] [FOLDER]`.

const [count = '30', folder = 'reports'] = process.argv.slice(2)
const timings = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => timingsIn(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))))

const files = new Map<string, number>()
for (const { file, ms } of timings) files.set(file, (files.get(file) ?? 0) + ms)

const rows = (title: string, entries: readonly (readonly [string, number])[]) => {
  console.log(`\n${title}`)
  for (const [name, ms] of entries.toSorted(([, one], [, other]) => other - one).slice(0, Number(count)))
    console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`)
}
rows('Slowest files', [...files])
rows(
  'Slowest tests',
  timings.map(({ file, test, ms }) => [`${file} › ${test}`, ms]),
)
