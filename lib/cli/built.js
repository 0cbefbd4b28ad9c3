import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import module from 'node:module'
import { join, relative } from 'node:path'

/** All that a build is made from. */
const sources = ['app', 'pages', 'components', 'lib', 'public', 'instrumentation.ts', 'next.config.js', 'package-lock.json', 'tsconfig.json']

/** Where a build writes the hash of its source, in the project's folder. */
export const buildMark = '.next/source-hash'

/** Where a build puts our own programs, in the project's folder. */
export const builtPrograms = '.next/staytuned'

/**
 * The program that a build makes of lib/cli/NAME.ts, in the project's folder.
 * @param {string} name
 */
export const builtProgram = (name) => `${builtPrograms}/${name}.mjs`

/** Where Node keeps what it has compiled of them, in the project's folder. Each version has files of its own there. */
const compiled = '.next/compiled'

/**
 * Has Node keep what it compiles for the next start, which then takes a tenth less. Only from Node 22.8 on; others don't.
 * @param {string} root
 */
export function keepCompiled(root) {
  const { enableCompileCache } = /** @type {{ enableCompileCache?: (folder: string) => unknown }} */ (module)
  enableCompileCache?.(join(root, compiled))
}

/** Where it puts what browsers are sent, as they ask for it, in the project's folder. */
export const browserFiles = `${builtPrograms}/browser`

/**
 * Whether the build in that folder is of just this source. Reads all of it, which takes about 30 ms.
 * @param {string} root
 */
export function isBuilt(root) {
  const mark = join(root, buildMark)
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourceHash(root)
}

/** @param {string} root */
export function sourceHash(root) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesOf(join(root, source)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
