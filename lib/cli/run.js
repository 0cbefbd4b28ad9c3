// `npm run accounts`, `import` and `verify-log`: runs that command from the build, or from its source where that isn't built.
// Plain JavaScript, so that a command that is built loads no compiler.

import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { builtProgram, isBuilt, keepCompiled } from './built.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
// The command itself finds its own arguments from the third on.
const [name = ''] = process.argv.splice(2, 1)

if (isBuilt(root)) {
  keepCompiled(root)
  await import(pathToFileURL(join(root, builtProgram(name))).href)
} else {
  const { register } = await import('tsx/esm/api')
  register()
  await import(`./${name}.ts`)
}
