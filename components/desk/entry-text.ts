import { z } from 'zod'
import { type Body, emptyBody, isWritten } from '#lib/story/body.ts'
import { update } from '#lib/story/update.ts'
import { sameBody } from './body-document.ts'
import type { UpdateChange, UpdateText } from './desk-api.client.ts'
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
  /** Readers with the page open are told at once. Not there in what was kept before there was such a thing. */
  breaking: z.boolean().default(false),
  /** Once published it takes the place of what is pinned. Asked while it isn't, and then decided by itself. */
  pinned: z.boolean().default(false),
  /** By commas, as they are typed. */
  tags: z.string().default(''),
  /** Empty: whoever writes it. */
  author: z.string().default(''),
  occurredAt: z.string(),
  publishAt: z.string().default(''),
})
export type EntryText = z.infer<typeof entryText>

export const emptyText: EntryText = {
  title: '',
  body: emptyBody,
  key: false,
  breaking: false,
  pinned: false,
  tags: '',
  author: '',
  occurredAt: '',
  publishAt: '',
}

/** What an update and a draft have in common: what they say, and in which version. */
export const entryContent = update
  .pick({ version: true, title: true, body: true, key: true, breaking: true, tags: true, author: true, occurredAt: true })
  // Of a draft: when it is published by itself, and whether it is pinned then.
  .extend({ publishAt: z.string().nullable().optional(), pinned: z.boolean().optional() })
export type EntryContent = z.infer<typeof entryContent>

export function textOf(content: EntryContent, timeZone: string): EntryText {
  return {
    title: content.title ?? '',
    body: content.body,
    key: content.key,
    breaking: content.breaking,
    pinned: content.pinned ?? false,
    tags: content.tags.join(', '),
    author: content.author,
    occurredAt: content.occurredAt === null ? '' : localFromInstant(content.occurredAt, timeZone),
    publishAt: content.publishAt ? localFromInstant(content.publishAt, timeZone) : '',
  }
}

export type Field = keyof EntryText
export const fields = Object.keys(emptyText) as Field[]

/** Whether nothing would be lost without it. */
export function isBlank({ title, body, ...rest }: EntryText): boolean {
  return title.trim() === '' && !isWritten(body) && Object.values(rest).every((value) => value === '' || value === false)
}

export function sameText(one: EntryText, other: EntryText): boolean {
  return fields.every((field) => (field === 'body' ? sameBody(one.body, other.body) : one[field] === other[field]))
}

/** The text as the API takes it. */
export function written(text: EntryText, timeZone: string): UpdateText {
  return {
    title: text.title.trim() || null,
    body: text.body,
    key: text.key,
    breaking: text.breaking,
    tags: tagsIn(text),
    ...(text.author.trim() === '' ? {} : { author: text.author }),
    occurredAt: text.occurredAt === '' ? null : instantFromLocal(text.occurredAt, timeZone),
  }
}

export function tagsIn({ tags }: EntryText): string[] {
  return tags
    .split(/[,،、]/)
    .map((tag) => tag.trim())
    .filter(Boolean)
}

/** When it is to be published by itself; null if it isn't. */
export function scheduled({ publishAt }: EntryText, timeZone: string): string | null {
  return publishAt === '' ? null : instantFromLocal(publishAt, timeZone)
}

/**
 * Whether somebody would send it out as breaking who hasn't said so yet: what stands, or has a time, goes out by itself once it is
 * saved, and was asked about then.
 */
export function goesOutBreaking(base: EntryText, mine: EntryText, isStanding: boolean): boolean {
  const goesOut = (text: EntryText) => text.breaking && (isStanding || text.publishAt !== '')
  return goesOut(mine) && !goesOut(base)
}

/** What of `base` was changed, and nothing else. */
export function changesFrom(base: EntryText, mine: EntryText, timeZone: string): UpdateChange {
  const { title, body, key, breaking, tags, author, occurredAt } = written(mine, timeZone)
  return {
    ...(mine.title === base.title ? {} : { title }),
    ...(sameBody(mine.body, base.body) ? {} : { body }),
    ...(mine.key === base.key ? {} : { key }),
    ...(mine.breaking === base.breaking ? {} : { breaking }),
    ...(mine.pinned === base.pinned ? {} : { pinned: mine.pinned }),
    ...(mine.tags === base.tags ? {} : { tags }),
    ...(mine.author === base.author || author === undefined ? {} : { author }),
    ...(mine.occurredAt === base.occurredAt ? {} : { occurredAt }),
    ...(mine.publishAt === base.publishAt ? {} : { publishAt: scheduled(mine, timeZone) }),
  }
}
