import { z } from 'zod'
import { line } from './text.ts'

/** Of each kind at once. */
const mostErased = 50

const ids = z
  .array(z.uuid())
  .overwrite((all) => [...new Set(all)])
  .max(mostErased, `must be at most ${mostErased}`)
  .default([])

/** That a part of history was erased: which numbers of the log say nothing any more, so that the log itself accounts for each. */
export const erasure = z.object({ events: z.array(z.int().positive()).min(1) }).meta({ id: 'Erasure' })

/** What is to be erased for good, with every version of it. */
export const newErasure = z
  .strictObject({
    updates: ids,
    claims: ids,
    questions: ids,
    /** Why, for the newsroom alone: the audit log keeps it. It must not repeat what is erased. */
    reason: line({ min: 1, max: 500 }),
    /** The address of the story once more, so that nothing is erased by a slip. */
    confirm: z.string(),
  })
  .refine(({ updates, claims, questions }) => updates.length + claims.length + questions.length > 0, {
    path: ['updates'],
    message: 'must name an update, a claim or a question',
  })
  .meta({ id: 'NewErasure' })
export type NewErasure = z.infer<typeof newErasure>

/** What may have to be erased with an update, or can be erased though no list has it any more: a claim or a question of the log. */
const erasableFact = z
  .object({
    kind: z.enum(['claim', 'question']),
    id: z.uuid(),
    /** What it said last. */
    title: z.string(),
    /** The updates that it has ever named. */
    updates: z.array(z.uuid()),
    isWithdrawn: z.boolean(),
  })
  .meta({ id: 'ErasableFact' })
export const erasableFacts = z.object({ facts: z.array(erasableFact) })

/** Where erased words are looked for. */
export const channels = ['page', 'permalink', 'asOf', 'api', 'events', 'older', 'search', 'desk', 'processes', 'media', 'database'] as const
export type Channel = (typeof channels)[number]

/** How one channel was found. */
const channelCheck = z.object({
  kind: z.literal('checked'),
  channel: z.enum(channels),
  /** How many answers, files, processes or rows were looked at. */
  looked: z.int().nonnegative(),
  /** Where something of it still is, or could not be looked for: an address or a table. Never any of the words. */
  left: z.array(z.string()),
})
export type ChannelCheck = z.infer<typeof channelCheck>

/** What is said of an erasure while it goes on: that it is written, how each channel was found, and what that comes to. */
export const erasureStep = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('erased'),
      /** The number of the event that says so, and how many events say nothing any more. */
      seq: z.int().positive(),
      events: z.int().positive(),
      /** The pictures that are gone with it, and those that stay because something else shows them. */
      pictures: z.int().nonnegative(),
      picturesKept: z.int().nonnegative(),
    }),
    channelCheck,
    z.object({
      kind: z.literal('proof'),
      /** In how many of the channels nothing was found. */
      gone: z.int().nonnegative(),
      of: z.int().positive(),
      ms: z.int().nonnegative(),
    }),
    /** It is erased, and the check broke off. */
    z.object({ kind: z.literal('unproven') }),
  ])
  .meta({ id: 'ErasureStep' })
export type ErasureStep = z.infer<typeof erasureStep>

/** Words that are known to have been erased, to be looked for once more. */
export const erasureCheck = z.strictObject({ words: line({ min: 1, max: 2000 }) }).meta({ id: 'ErasureCheck' })
