import type { Media } from '#lib/media/media.ts'
import { closeQuietStories } from './close-quiet-stories.ts'
import { deleteExpired, deleteExpiredVerifications } from './delete-expired.ts'
import { finishErasures } from './finish-erasures.ts'
import { forgetUnsent } from './keep-unsent.ts'
import type { Newsroom } from './newsroom.ts'
import { endOldSessions } from './people/end-old-sessions.ts'
import { publishDueDrafts } from './publish-due-drafts.ts'

/** Runs the periodic jobs, each again so long after it ended. A job that fails is reported and runs again. Returns how to stop them. */
export function keepTime(
  newsroom: Newsroom,
  media: Media,
  retention: { readonly auditDays: number },
  report: (what: string, error: unknown) => void,
): () => void {
  const [second, minute, hour] = [1_000, 60_000, 60 * 60_000]
  const jobs: readonly (readonly [number, string, () => Promise<unknown>])[] = [
    [second, 'publishing due drafts', () => publishDueDrafts(newsroom)],
    [minute, 'closing quiet stories', () => closeQuietStories(newsroom)],
    [minute, 'finishing erasures', () => finishErasures(newsroom, media)],
    [minute, 'ending old sessions', () => endOldSessions(newsroom)],
    [minute, 'deleting expired verifications', () => deleteExpiredVerifications(newsroom)],
    [hour, 'forgetting unsent texts', () => forgetUnsent(newsroom)],
    [hour, 'deleting what is over', () => deleteExpired(newsroom, retention)],
  ]
  const stops = jobs.map(([ms, what, work]) => every(ms, work, (error) => report(`${what} failed`, error)))
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
