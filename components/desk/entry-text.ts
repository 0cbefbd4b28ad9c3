import { z } from 'zod'
import { type Body, emptyBody, isWritten } from '#lib/story/body.ts'
import type { ClaimWithin } from '#lib/story/claim.ts'
import { draft } from '#lib/story/draft.ts'
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
  /** One in each line, as they are typed: who says so, then a colon, then what. */
  claims: z.string().default(''),
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
  claims: '',
  author: '',
  occurredAt: '',
  publishAt: '',
}

/** What an update and a draft have in common: what they say, and in which version. */
export const entryContent = update
  .pick({ version: true, title: true, body: true, key: true, breaking: true, tags: true, author: true, occurredAt: true })
  // Of a draft: when it is published by itself, whether it is pinned then, and what it notes as claimed.
  .extend({ claims: draft.shape.claims.optional(), publishAt: z.string().nullable().optional(), pinned: z.boolean().optional() })
export type EntryContent = z.infer<typeof entryContent>

export function textOf(content: EntryContent, timeZone: string): EntryText {
  return {
    title: content.title ?? '',
    body: content.body,
    key: content.key,
    breaking: content.breaking,
    pinned: content.pinned ?? false,
    tags: content.tags.join(', '),
    claims: (content.claims ?? []).map(claimLine).join('\n'),
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
    claims: claimsIn(text),
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

/** The claims that an update makes, each of a line like "Ann Berg, mayor: The dam holds."; a name that is missing is empty. */
export function claimsIn({ claims }: Pick<EntryText, 'claims'>): ClaimWithin[] {
  return claims
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, who = '', statement = line] = /^([^:：]*)[:：](.*)$/.exec(line) ?? []
      const [name = '', ...role] = who.split(',')
      return { statement: statement.trim(), claimant: { name: name.trim(), role: role.join(',').trim(), place: '' }, claimedAt: null }
    })
}

/** Whether each line says who claims it, and what. */
export function areClaimsWhole(text: Pick<EntryText, 'claims'>): boolean {
  return claimsIn(text).every(({ statement, claimant }) => statement !== '' && claimant.name !== '')
}

function claimLine({ statement, claimant: { name, role } }: ClaimWithin): string {
  return `${[name, role].filter(Boolean).join(', ')}: ${statement}`
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
  const { title, body, key, breaking, tags, claims, author, occurredAt } = written(mine, timeZone)
  return {
    ...(mine.title === base.title ? {} : { title }),
    ...(sameBody(mine.body, base.body) ? {} : { body }),
    ...(mine.key === base.key ? {} : { key }),
    ...(mine.breaking === base.breaking ? {} : { breaking }),
    ...(mine.pinned === base.pinned ? {} : { pinned: mine.pinned }),
    ...(mine.tags === base.tags ? {} : { tags }),
    ...(mine.claims === base.claims ? {} : { claims }),
    ...(mine.author === base.author || author === undefined ? {} : { author }),
    ...(mine.occurredAt === base.occurredAt ? {} : { occurredAt }),
    ...(mine.publishAt === base.publishAt ? {} : { publishAt: scheduled(mine, timeZone) }),
  }
}
