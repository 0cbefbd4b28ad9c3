import { v7 as uuidv7 } from 'uuid'
import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { NewStory, Story } from '#lib/story/story.ts'
import { coverOf } from './cover-of.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'
import { once } from './once.ts'

export type OpenedStory = { readonly id: string; readonly slug: string; readonly epoch: number; readonly head: number }

/**
 * Opens a story: its log begins with `story.opened`. Without a slug it gets one from its headline, with a number if that is taken.
 * With a key it is opened once, however often that person sends it. One transaction of four queries, seven with a key; before it one more
 * if it has a cover.
 */
export async function openStory(
  { store, now }: Newsroom,
  caller: Caller,
  input: NewStory,
  idempotencyKey: string | null,
): Promise<Done<OpenedStory> | Refusal> {
  const permission = permit(caller, 'open a story')
  if (permission.kind !== 'permitted') return permission
  const chosen = await coverOf(store.pictures, input.cover)
  if (chosen.kind === 'invalid') return chosen
  const { person: author } = permission
  const only = idempotencyKey === null ? null : { key: idempotencyKey, request: { author: author.id, ...input } }
  const at = now()
  const openedAt = at.toISOString()
  const { headline, standfirst, status, language, timeZone, template, autoCloseDays } = input
  const end = { closedAt: status === 'closed' ? openedAt : null, closingSummary: '', archived: false }
  for (const slug of input.slug === undefined ? slugsFor(input.headline) : [input.slug]) {
    const story: Story = { id: uuidv7(), slug, headline, standfirst, status, language, timeZone, openedAt, cover: chosen.cover, ...end }
    const result = await store.openStory(story, { template, autoCloseDays }, { at, author }, (opening) =>
      once(opening, at, only, async (): Promise<Done<OpenedStory> | Refusal> => {
        const { epoch, head } = await opening.open()
        // In the order in which PostgreSQL keeps the fields of a receipt, so that both answers are the same text.
        return done({ id: story.id, head, slug, epoch })
      }),
    )
    if (result) return result
  }
  return { kind: 'slug-taken', slug: input.slug ?? slugFrom(input.headline) }
}

const mostOfOneName = 50

function* slugsFor(headline: string): Generator<string> {
  const slug = slugFrom(headline)
  yield slug
  for (let number = 2; number <= mostOfOneName; number += 1) yield `${slug}-${number}`
}

/** What of a headline can stand in an address: letters without their accents, digits, hyphens; at most about 80 characters. */
function slugFrom(headline: string): string {
  const words = headline
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    if (slug.length + word.length > 80) break
    slug = slug === '' ? word : `${slug}-${word}`
  }
  return slug || 'story'
}
