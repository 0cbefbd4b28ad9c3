import { StartProblem } from '#lib/db/database.ts'

/** Ends the program, saying why: in plain words what its user can mend, with the trace what is a bug. */
export function reportAndExit(error: unknown): never {
  if (error instanceof StartProblem) {
    const cause = error.cause instanceof Error ? `\n(${error.cause.message})` : ''
    console.error(`\n${error.message}${cause}\n`)
  } else console.error(error)
  process.exit(1)
}
