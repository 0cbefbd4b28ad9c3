import type { LogFault } from '#lib/story/chain.ts'

/** What is wrong with a log, after the number of the event. */
export const faultWords = {
  number: 'it is missing, or another stands in its place',
  payload: 'what it says does not match its hash',
  link: 'its hash does not match the event or the one before it, or it is not linked at all',
  missing: 'what it says is gone, and no later event says that it was erased',
  end: 'the log ends here, and the story went on',
} as const satisfies Record<LogFault['what'], string>
