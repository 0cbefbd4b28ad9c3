/** Numbers of the log that one part of a whole story spans. Parts have fixed bounds, so that each is made once and not for every place. */
export const partSpan = 200

/** Which part of the whole story an update is in, by its number, counted from 1; for the head of its log, how many parts there are. */
export function partOf(seq: number): number {
  return Math.max(1, Math.ceil(seq / partSpan))
}
