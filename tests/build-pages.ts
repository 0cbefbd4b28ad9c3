import { fileURLToPath } from 'node:url'
import { buildPages } from '#lib/cli/pages-build.ts'

/** Before any test: the pages of this source, which the tests that start the program need. */
export default function setup(): void {
  buildPages(fileURLToPath(new URL('..', import.meta.url)))
}
