import type { Media } from '#lib/media/media.ts'
import { closeQuietStories } from './close-quiet-stories.ts'
import { deleteExpired, deleteExpiredVerifications } from './delete-expired.ts'
import { finishErasures } from './finish-erasures.ts'
import { forgetUnsent } from './keep-unsent.ts'
import type { Newsroom } from './newsroom.ts'
import { endOldSessions } from './people/end-old-sessions.ts'
import { publishDueDrafts } from './publish-due-drafts.ts'

/**
 * Does by itself what has its time: each second what is due to be published, each minute what has been quiet for long, each minute too
 * what was erased and is still there and sessions that have lasted too long, each hour what is kept no longer. Answers how to stop it.
 */
export function keepTime(
  newsroom: Newsroom,
  media: Media,
  retention: { readonly auditDays: number },
  report: (what: string, error: unknown) => void,
): () => void {
  const stops = [
    every(
      1_000,
      () => publishDueDrafts(newsroom),
      (error) => report('publishing due drafts failed', error),
    ),
    every(
      60_000,
      () => closeQuietStories(newsroom),
      (error) => report('closing quiet stories failed', error),
    ),
    every(
      60_000,
      () => finishErasures(newsroom, media),
      (error) => report('finishing erasures failed', error),
    ),
    every(
      60_000,
      () => endOldSessions(newsroom),
      (error) => report('ending old sessions failed', error),
    ),
    every(
      60 * 60_000,
      () => forgetUnsent(newsroom),
      (error) => report('forgetting unsent texts failed', error),
    ),
    every(
      60_000,
      () => deleteExpiredVerifications(newsroom),
      (error) => report('deleting expired verifications failed', error),
    ),
    every(
      60 * 60_000,
      () => deleteExpired(newsroom, retention),
      (error) => report('deleting what is over failed', error),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Again and again, so many ms after it was done the last time. */
function every(ms: number, work: () => Promise<unknown>, report: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout
  let isStopped = false
  const run = async () => {
    await work().catch(report)
    if (!isStopped) timer = setTimeout(run, ms)
  }
  timer = setTimeout(run, ms)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
