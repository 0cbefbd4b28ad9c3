import { z } from 'zod'
import { claim } from './claim.ts'
import { corrections } from './corrections.ts'
import { pace } from './pace.ts'
import { question } from './question.ts'
import { story } from './story.ts'
import { type Update, update } from './update.ts'
import { updateLine } from './update-line.ts'

/** All updates, or the key events alone. */
export const shown = z.enum(['all', 'key'])
export type Shown = z.infer<typeof shown>

/**
 * A part of a timeline without a hole in it, newest first. A cursor is an update's place in the timeline: everything from
 * `next` to `newer`, both included, is here.
 */
const part = {
  updates: z.array(update),
  /** The cursor of what is older, `?before=`; null if there's nothing. */
  next: z.string().nullable(),
  /** The cursor of what is newer, `?after=`; null if the part reaches the newest, and then grows with the story. */
  newer: z.string().nullable(),
}

/**
 * What a reader sees of a story once the events 1 to `head` have been applied: the story, a part of its timeline, and what
 * gives an overview of all of it.
 */
export const view = z
  .object({
    story,
    /** Rises only when history itself was rewritten: a view of another epoch has to be fetched anew. */
    epoch: z.int().positive(),
    head: z.int().nonnegative(),
    ...part,
    show: shown,
    /** The update that is kept on top, wherever in the timeline it stands. */
    pinned: update.nullable(),
    /** Newest first; the newest 200 of them. */
    keyEvents: z.array(updateLine),
    pace,
    corrections,
    /** In the order they were made; those that were withdrawn aren't among them. */
    claims: z.array(claim),
    /** In the order they were raised; those that were withdrawn aren't among them. */
    questions: z.array(question),
  })
  .meta({ id: 'View' })

export type View = z.infer<typeof view> & {
  /** The head that the view was read at, where events have been applied to it since. */
  readonly readAt?: number
  /** What was published or changed since then outside of its part of the timeline: a page that is added later must not undo it. */
  readonly changedOutside?: readonly Update[]
}

/** A part of the timeline on its own. It holds all events up to `head`, and may hold later ones. */
export const updatePage = z.object({ epoch: z.int().positive(), head: z.int().nonnegative(), ...part }).meta({ id: 'UpdatePage' })
export type UpdatePage = z.infer<typeof updatePage>
