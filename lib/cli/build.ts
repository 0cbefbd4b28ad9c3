import { fileURLToPath } from 'node:url'
import { buildProgram } from './build-program.ts'
import { reportAndExit } from './report.ts'

buildProgram(fileURLToPath(new URL('../..', import.meta.url))).catch(reportAndExit)
