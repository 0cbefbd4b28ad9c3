import type { CorrectionMark, Corrections } from './corrections.ts'

// No schema is imported here: pages run it.

/** The list keeps the newest of them. */
export const mostCorrections = 50

export const noCorrections: Corrections = { count: 0, newest: [] }

/** `list` with one more, which came after all of it. */
export function listCorrection({ count, newest }: Corrections, mark: CorrectionMark): Corrections {
  return { count: count + 1, newest: [mark, ...newest].slice(0, mostCorrections) }
}

/**
 * The newest correction of something that was read as it said before; undefined if there's none. `read` has the version of each
 * update that somebody has had before their eyes, by its id.
 */
export function correctedSince({ newest }: Corrections, read: ReadonlyMap<string, number>): CorrectionMark | undefined {
  return newest.find(({ id, version }) => (read.get(id) ?? version) < version)
}
