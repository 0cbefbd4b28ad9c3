import type { Logger } from 'pino'
import type { Accounts } from './accounts/accounts.ts'
import type { Passwords } from './accounts/limited-passwords.ts'
import type { Addresses } from './addresses.ts'
import type { Env } from './env.ts'
import type { UncachedWork } from './http/uncached-work.ts'
import type { Hub } from './live/hub.ts'
import type { Mailer } from './mail/mailer.ts'
import type { Media } from './media/media.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Newsroom } from './newsroom/newsroom.ts'

/** What the server has opened and every request needs. */
export type Runtime = {
  readonly env: Env
  readonly addresses: Addresses
  readonly newsroom: Newsroom
  readonly media: Media
  readonly accounts: Accounts
  readonly passwords: Passwords
  /** Null where no mail server is set. */
  readonly mailer: Mailer | null
  readonly log: Logger
  readonly metrics: Metrics
  /** What bounds the work that a request makes. */
  readonly work: UncachedWork
  /** Null in a process that serves pages only. */
  readonly hub: Hub | null
}

/**
 * Next bundles the routes apart from the server that wraps it, so a module's variable exists twice, once in each; only
 * `globalThis` is the same. This is the one slot there that we own: lib/server.ts fills it before the first request, routes
 * read it, and the database driver, the ORM, the image library and the accounts library stay out of Next's bundles.
 */
declare global {
  var staytuned: Runtime | undefined
}

export function installRuntime(runtime: Runtime): void {
  globalThis.staytuned = runtime
}

export function runtime(): Runtime {
  if (!globalThis.staytuned) throw new Error('no server has been started: the pages run inside lib/server.ts (npm start, npm run dev)')
  return globalThis.staytuned
}
