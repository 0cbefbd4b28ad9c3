import { fileURLToPath } from 'node:url'
import { buildProgram } from '#lib/cli/build-program.ts'

/** Before any test: a build of this source, which the tests that start the program need. */
export default async function setup(): Promise<void> {
  await buildProgram(fileURLToPath(new URL('..', import.meta.url)))
}
