import type { Newsroom } from './newsroom.ts'
import { publishDraft } from './publish-draft.ts'

/**
 * Publishes each draft whose time has come, under its author's name, and answers how many. Safe to run in several processes
 * at once: the story's lock lets one in, and the next finds no draft. In a closed story the draft stays, without its time.
 * One query when nothing is due.
 */
export async function publishDueDrafts({ store, now }: Newsroom): Promise<number> {
  let published = 0
  for (const { slug, updateId } of await store.dueDrafts(now())) {
    await store.writeStory(slug, async (log) => {
      const stored = await log.update(updateId)
      const at = now()
      if (stored?.kind !== 'draft' || stored.draft.publishAt === null || stored.draft.publishAt > at.toISOString()) return
      const author = { id: stored.draft.authorId, name: stored.draft.author }
      if (log.now.story.status === 'closed') return log.saveDraft({ ...stored.draft, publishAt: null })
      await publishDraft(log, stored.draft, { at, author })
      published += 1
    })
  }
  return published
}

const everyMs = 1_000

/** Looks for due drafts once a second, one look at a time. Answers how to stop it. */
export function startDueDrafts(newsroom: Newsroom, report: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout
  let isStopped = false
  const look = async () => {
    await publishDueDrafts(newsroom).catch(report)
    if (!isStopped) timer = setTimeout(look, everyMs)
  }
  timer = setTimeout(look, everyMs)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
