import { z } from 'zod'
import { type Body, emptyBody, isWritten } from '#lib/story/body.ts'
import { update } from '#lib/story/update.ts'
import { sameBody } from './body-document.ts'
import type { UpdateText } from './desk-api.client.ts'
import { instantFromLocal, localFromInstant } from './zoned-time.ts'

/**
 * A body as this browser keeps it. Whether the server takes it the server says: what somebody has written isn't thrown away
 * because something in it isn't as it should be.
 */
const document = z.object({ type: z.literal('doc'), content: z.array(z.unknown()) })
const keptBody = z.custom<Body>((value) => document.safeParse(value).success)

/** An entry as it is typed: the times as the story's clock shows them. */
export const entryText = z.object({
  title: z.string(),
  body: keptBody,
  key: z.boolean(),
  occurredAt: z.string(),
  publishAt: z.string().default(''),
})
export type EntryText = z.infer<typeof entryText>

export const emptyText: EntryText = { title: '', body: emptyBody, key: false, occurredAt: '', publishAt: '' }

/** What an update and a draft have in common: what they say, and in which version. */
export const entryContent = update
  .pick({ version: true, title: true, body: true, key: true, occurredAt: true })
  // Of a draft: when it is published by itself.
  .extend({ publishAt: z.string().nullable().optional() })
export type EntryContent = z.infer<typeof entryContent>

/** An entry that readers can't see yet. */
export type Draft = EntryContent & { readonly id: string; readonly author: string; readonly createdAt: string; readonly publishAt: string | null }

export function textOf(content: EntryContent, timeZone: string): EntryText {
  return {
    title: content.title ?? '',
    body: content.body,
    key: content.key,
    occurredAt: content.occurredAt === null ? '' : localFromInstant(content.occurredAt, timeZone),
    publishAt: content.publishAt ? localFromInstant(content.publishAt, timeZone) : '',
  }
}

/** Whether nothing would be lost without it. */
export function isBlank({ title, body, key, occurredAt, publishAt }: EntryText): boolean {
  return title.trim() === '' && !isWritten(body) && !key && occurredAt === '' && publishAt === ''
}

export function sameText(one: EntryText, other: EntryText): boolean {
  return (
    one.title === other.title &&
    sameBody(one.body, other.body) &&
    one.key === other.key &&
    one.occurredAt === other.occurredAt &&
    one.publishAt === other.publishAt
  )
}

/** The text as the API takes it. */
export function written(text: EntryText, timeZone: string): UpdateText {
  return {
    title: text.title.trim() || null,
    body: text.body,
    key: text.key,
    occurredAt: text.occurredAt === '' ? null : instantFromLocal(text.occurredAt, timeZone),
  }
}

/** When it is to be published by itself; null if it isn't. */
export function scheduled({ publishAt }: EntryText, timeZone: string): string | null {
  return publishAt === '' ? null : instantFromLocal(publishAt, timeZone)
}

/** What of `base` was changed, and nothing else. */
export function changesFrom(base: EntryText, mine: EntryText, timeZone: string): Partial<UpdateText> & { publishAt?: string | null } {
  const { title, body, key, occurredAt } = written(mine, timeZone)
  return {
    ...(mine.title === base.title ? {} : { title }),
    ...(sameBody(mine.body, base.body) ? {} : { body }),
    ...(mine.key === base.key ? {} : { key }),
    ...(mine.occurredAt === base.occurredAt ? {} : { occurredAt }),
    ...(mine.publishAt === base.publishAt ? {} : { publishAt: scheduled(mine, timeZone) }),
  }
}
