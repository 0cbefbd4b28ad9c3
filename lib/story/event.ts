import { z } from 'zod'
import { claim } from './claim.ts'
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
  ])
  .meta({ id: 'Event' })
export type StoryEvent = z.infer<typeof event>

/** An event before it has its number and time. */
export type Change = StoryEvent extends infer Each ? (Each extends StoryEvent ? Omit<Each, 'seq' | 'at'> : never) : never
