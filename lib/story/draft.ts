import { z } from 'zod'
import { storedBody } from './body.ts'
import { claimWithin } from './claim.ts'
import { instant, languageTag, printable } from './text.ts'
import { mostHold, notice } from './update.ts'

/** Who sent a draft back to its author, when, and what is to be done to it. */
export const sentBack = z.object({ at: instant, by: z.string(), note: printable })

/** An entry that readers can't see yet. */
export const draft = z
  .object({
    id: z.uuid(),
    version: z.int().positive(),
    title: z.string().nullable(),
    body: storedBody,
    language: languageTag.nullable(),
    key: z.boolean(),
    /** Whether it is to go out as breaking; whoever publishes it decides. */
    breaking: z.boolean(),
    tags: z.array(z.string()),
    /** What it is to note once it is published. */
    claims: z.array(claimWithin),
    /** Whether it is pinned once it is published. */
    pinned: z.boolean(),
    author: z.string(),
    authorId: z.string(),
    occurredAt: instant.nullable(),
    createdAt: instant,
    /** When it was submitted to the editors; null while it is being written, and once it was sent back. */
    submittedAt: instant.nullable(),
    sentBack: sentBack.nullable(),
    /** When it is published by itself. */
    publishAt: instant.nullable(),
    /** Who has set that time, and must be somebody who may publish when it comes; null without one, and where that isn't known. */
    scheduledBy: z.string().nullable(),
  })
  .meta({ id: 'Draft' })
export type Draft = z.infer<typeof draft>

/** Where a draft stands on its way to readers; `held` is published in a moment, unless it is called back. */
export type Stage = 'writing' | 'sent-back' | 'submitted' | 'scheduled' | 'held'

export function stageOf({ createdAt, publishAt, submittedAt, sentBack }: Draft): Stage {
  if (publishAt !== null) return Date.parse(publishAt) - Date.parse(createdAt) <= mostHold * 1000 ? 'held' : 'scheduled'
  if (submittedAt !== null) return 'submitted'
  return sentBack === null ? 'writing' : 'sent-back'
}

export const sendingBack = z.strictObject({ note: notice }).meta({ id: 'NewSendingBack' })
