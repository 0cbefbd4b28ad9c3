import { fileURLToPath } from 'node:url'
import { buildPages } from '#lib/cli/pages-build.ts'

buildPages(fileURLToPath(new URL('../..', import.meta.url)))
