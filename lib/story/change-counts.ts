import type { StoryEvent } from './event.ts'

/** What happened in a story, in numbers. */
export type ChangeCounts = {
  readonly updates: number
  readonly corrections: number
  readonly withdrawals: number
  /** How often a claim was assessed anew. */
  readonly reassessments: number
  /** How many questions were answered, or closed without an answer. */
  readonly answers: number
}

export const noChanges: ChangeCounts = { updates: 0, corrections: 0, withdrawals: 0, reassessments: 0, answers: 0 }

/** What that many events of each type come to. */
export function countChanges(events: ReadonlyMap<StoryEvent['type'], number>): ChangeCounts {
  const count = (...types: StoryEvent['type'][]) => types.reduce((sum, type) => sum + (events.get(type) ?? 0), 0)
  return {
    updates: count('update.published'),
    corrections: count('update.corrected'),
    withdrawals: count('update.withdrawn'),
    reassessments: count('claim.assessed'),
    answers: count('question.answered', 'question.closed'),
  }
}
