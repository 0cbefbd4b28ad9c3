import { z } from 'zod'
import { draft } from './draft.ts'
import { note } from './note.ts'
import { audience, reached } from './reached.ts'
import { storySettings } from './story-settings.ts'
import { update } from './update.ts'
import { view } from './view.ts'

/** What somebody may do in a story. The server decides it, and decides it again with each write. */
export const powers = z
  .object({
    revisesStory: z.boolean(),
    publishes: z.boolean(),
    revises: z.boolean(),
    pins: z.boolean(),
    withdraws: z.boolean(),
    keepsClaims: z.boolean(),
    choosesPeople: z.boolean(),
    exports: z.boolean(),
    erases: z.boolean(),
  })
  .meta({ id: 'Powers' })
export type Powers = z.infer<typeof powers>

/** A withdrawn update as the newsroom has it: with what it said before. */
export const withdrawnUpdate = z.object({ update, said: update.pick({ title: true, body: true }) }).meta({ id: 'WithdrawnUpdate' })
export type WithdrawnUpdate = z.infer<typeof withdrawnUpdate>

/** What the desk of a story shows, to the person who asks. */
export const deskState = z
  .object({
    view,
    settings: storySettings,
    /** Newest first: all of them to an editor, to a contributor their own. */
    drafts: z.array(draft),
    /** Newest first; the newest 100. */
    withdrawn: z.array(withdrawnUpdate),
    /** In the order they were written; the newest 200. */
    notes: z.array(note),
    /** What this person published last and still stands. */
    latestOwn: update.nullable(),
    /** Of the view's updates, those of which something is known. */
    reached: z.array(reached),
    /** Over the last three hours at most. */
    audience,
    person: z.object({ id: z.string(), name: z.string() }),
    can: powers,
  })
  .meta({ id: 'DeskState' })
export type DeskState = z.infer<typeof deskState>

export const storyRole = z.enum(['contributor', 'editor'])
export type StoryRole = z.infer<typeof storyRole>

/** Somebody who may write in a story, or could be let to. */
export const storyPerson = z
  .object({
    id: z.string(),
    name: z.string(),
    /** What they are in every story. */
    role: z.string(),
    /** What they are in this one beyond that. */
    inStory: storyRole.nullable(),
  })
  .meta({ id: 'StoryPerson' })
export type StoryPerson = z.infer<typeof storyPerson>

export const storyPersonChange = z.strictObject({ role: storyRole.nullable() }).meta({ id: 'StoryPersonChange' })
