// `npm start`: runs the built program, after building it if there's no build of this source. Plain JavaScript, so that a
// start that has a build loads no compiler.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { builtProgram, isBuilt, keepCompiled } from './built.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

if (!isBuilt(root)) {
  if (!canBuild()) {
    console.error('There is no build of this source, and the packages that make one are not installed. Run `npm ci --include=dev`, then `npm start`.')
    process.exit(1)
  }
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/build.ts'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
keepCompiled(root)
await import(pathToFileURL(join(root, builtProgram('serve'))).href)

/** Whether development packages are installed. A server that only runs a build doesn't need them. */
function canBuild() {
  try {
    import.meta.resolve('tsx')
    import.meta.resolve('esbuild')
    return true
  } catch {
    return false
  }
}
