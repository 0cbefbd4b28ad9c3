import { oldestSessionStart } from '#lib/accounts/session-lifetime.ts'
import type { Newsroom } from '../newsroom.ts'

/**
 * Ends the sessions that have lasted as long as one may, so that pages and sockets that are open with them are told without asking. Answers
 * how many.
 */
export function endOldSessions({ store, now }: Newsroom): Promise<number> {
  return store.people.endSessionsBegunBefore(oldestSessionStart(now()))
}
