import type { Newsroom } from './newsroom.ts'
import { publishDraft } from './publish-draft.ts'

/**
 * Publishes each draft whose time has come, under its author's name, and answers how many. Safe to run in several processes
 * at once: the story's lock lets one in, and the next finds no draft. In a closed story the draft stays, without its time.
 * One query when nothing is due. Throws at the end if any failed; those are tried again the next time.
 */
export async function publishDueDrafts(newsroom: Newsroom): Promise<number> {
  let published = 0
  const failed: unknown[] = []
  for (const { slug, updateId } of await newsroom.store.dueDrafts(newsroom.now())) {
    // One that fails keeps none of the others from readers.
    await publishIfDue(newsroom, slug, updateId).then(
      (isPublished) => {
        if (isPublished) published += 1
      },
      (error: unknown) => failed.push(error),
    )
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} due drafts could not be published`)
  return published
}

async function publishIfDue({ store, now }: Newsroom, slug: string, updateId: string): Promise<boolean> {
  const isPublished = await store.writeStory(slug, async (log) => {
    const stored = await log.update(updateId)
    const at = log.at(now())
    if (stored?.kind !== 'draft' || stored.draft.publishAt === null || stored.draft.publishAt > at.toISOString()) return false
    if (log.now.story.status === 'closed') {
      await log.saveDraft({ ...stored.draft, publishAt: null })
      return false
    }
    const author = { id: stored.draft.authorId, name: stored.draft.author }
    await publishDraft(log, stored.draft, { at, author })
    return true
  })
  return isPublished ?? false
}
