import type { Signature, StoryLog } from '#lib/db/story-log.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { Update } from '#lib/story/update.ts'
import { appendClaimsOf } from './make-claim.ts'

/** Appends the event that turns a draft into an update of the timeline, one for each claim it makes, and one more if it is to be pinned. */
export async function publishDraft(log: StoryLog, draft: Draft, signature: Signature): Promise<Update> {
  const { id, version, title, body, language, key, breaking, tags, author, occurredAt } = draft
  const update: Update = {
    id,
    seq: log.next,
    version,
    title,
    body,
    language,
    key,
    breaking,
    tags,
    author,
    publishedAt: signature.at.toISOString(),
    occurredAt,
    editedAt: null,
    corrections: [],
    withdrawal: null,
  }
  await log.append({ type: 'update.published', update }, signature)
  const { at, author: editor } = signature
  await appendClaimsOf(id, draft.claims, log, { at, author: editor })
  if (draft.pinned) await log.append({ type: 'update.pinned', update }, { at, author: editor })
  return update
}
