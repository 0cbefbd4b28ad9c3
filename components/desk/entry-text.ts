import { z } from 'zod'
import { emptyBody, storedBody } from '#lib/story/body.ts'
import { update } from '#lib/story/update.ts'
import { sameBody } from './body-document.ts'
import type { UpdateText } from './desk-api.client.ts'
import { instantFromLocal, localFromInstant } from './zoned-time.ts'

/** An entry as it is typed: the time as the story's clock shows it. */
export const entryText = z.object({ title: z.string(), body: storedBody, key: z.boolean(), occurredAt: z.string() })
export type EntryText = z.infer<typeof entryText>

export const emptyText: EntryText = { title: '', body: emptyBody, key: false, occurredAt: '' }

/** What an update and a draft have in common: what they say, and in which version. */
export const entryContent = update.pick({ version: true, title: true, body: true, key: true, occurredAt: true })
export type EntryContent = z.infer<typeof entryContent>

/** An entry that readers can't see yet. */
export type Draft = EntryContent & { readonly id: string; readonly author: string; readonly createdAt: string; readonly publishAt: string | null }

export function textOf(content: EntryContent, timeZone: string): EntryText {
  return {
    title: content.title ?? '',
    body: content.body,
    key: content.key,
    occurredAt: content.occurredAt === null ? '' : localFromInstant(content.occurredAt, timeZone),
  }
}

export function sameText(one: EntryText, other: EntryText): boolean {
  return one.title === other.title && sameBody(one.body, other.body) && one.key === other.key && one.occurredAt === other.occurredAt
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

/** What of `base` was changed, and nothing else. */
export function changesFrom(base: EntryText, mine: EntryText, timeZone: string): Partial<UpdateText> {
  const { title, body, key, occurredAt } = written(mine, timeZone)
  return {
    ...(mine.title === base.title ? {} : { title }),
    ...(sameBody(mine.body, base.body) ? {} : { body }),
    ...(mine.key === base.key ? {} : { key }),
    ...(mine.occurredAt === base.occurredAt ? {} : { occurredAt }),
  }
}
