import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { StartProblem } from '#lib/db/database.ts'

/** All that the build of the pages is made from. */
const sources = ['app', 'components', 'lib', 'public', 'next.config.js', 'package-lock.json', 'tsconfig.json']

/** Builds the pages unless there is a build of just this source. Reading the source takes about 30 ms, a build about 20 s. */
export function buildPages(root: string): void {
  const mark = join(root, '.next', 'source-hash')
  const hash = hashOf(root)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  console.log('Building the pages of this source, which takes a moment …')
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const environment = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const { status, error } = spawnSync(process.execPath, [next, 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: environment })
  if (status !== 0) throw new StartProblem('The pages could not be built. `npx next build` tells what is wrong.', { cause: error })
  writeFileSync(mark, hash)
}

function hashOf(root: string): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of sources.flatMap((source) => filesOf(join(root, source)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
