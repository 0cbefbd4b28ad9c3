import { z } from 'zod'
import { claim } from './claim.ts'
import { erasure } from './erasure.ts'
import { question } from './question.ts'
import { story } from './story.ts'
import { instant } from './text.ts'
import { update } from './update.ts'

const numbered = { seq: z.int().positive(), at: instant }

function storyEvent<const Type extends string>(type: Type) {
  return z.object({ ...numbered, type: z.literal(type), story })
}

function updateEvent<const Type extends string>(type: Type) {
  return z.object({ ...numbered, type: z.literal(type), update })
}

function claimEvent<const Type extends string>(type: Type) {
  return z.object({ ...numbered, type: z.literal(type), claim })
}

function questionEvent<const Type extends string>(type: Type) {
  return z.object({ ...numbered, type: z.literal(type), question })
}

/**
 * One numbered change to a story. Each event carries the whole public state of the one thing it changes, so that applying
 * it twice changes nothing and none needs the one before it to be understood.
 */
export const event = z
  .discriminatedUnion('type', [
    storyEvent('story.opened'),
    storyEvent('story.revised'),
    updateEvent('update.published'),
    updateEvent('update.revised'),
    updateEvent('update.corrected'),
    updateEvent('update.withdrawn'),
    updateEvent('update.pinned'),
    updateEvent('update.unpinned'),
    claimEvent('claim.made'),
    claimEvent('claim.revised'),
    claimEvent('claim.assessed'),
    claimEvent('claim.withdrawn'),
    questionEvent('question.raised'),
    questionEvent('question.revised'),
    questionEvent('question.answered'),
    questionEvent('question.closed'),
    questionEvent('question.reopened'),
    questionEvent('question.withdrawn'),
    /** Events before it were erased. It changes nothing by itself: whoever reads the log anew finds them empty. */
    z.object({ ...numbered, type: z.literal('history.erased'), erasure }),
    /** What stands in the place of an event that was erased. `was` is the type it had. */
    z.object({ ...numbered, type: z.literal('erased'), was: z.string() }),
  ])
  .meta({ id: 'Event' })
export type StoryEvent = z.infer<typeof event>

/** An event before it has its number and time; none is written as an erased one. */
export type Change = Exclude<StoryEvent, { type: 'erased' }> extends infer Each ? (Each extends StoryEvent ? Omit<Each, 'seq' | 'at'> : never) : never
