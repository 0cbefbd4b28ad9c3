import { type Busy, concurrencyLimit } from '#lib/limits/concurrency-limit.ts'
import { hashPassword, verifyPassword } from './password.ts'

/** How commands and the accounts library hash and verify passwords. Reached through the runtime slot, because Next can't bundle argon2. */
export type Passwords = {
  hash(password: string): Promise<string | Busy>
  verify(attempt: { hash: string; password: string }): Promise<boolean | Busy>
}

/**
 * Hashes and verifies at most two passwords at once in this process, and queues 100 more. Each takes 19 MiB and one of the four threads
 * that files and DNS need too. The queue is about two seconds long; beyond it the answer is `busy`.
 */
export function limitedPasswords(): Passwords {
  const limit = concurrencyLimit({ maxRunning: 2, maxQueued: 100 })
  return {
    hash: (password) => limit(() => hashPassword(password)),
    verify: (attempt) => limit(() => verifyPassword(attempt)),
  }
}
