import { securityLetter } from '#lib/mail/letters.ts'
import { type Done, done, type Refusal } from '#lib/newsroom/newsroom.ts'
import type { AccountChange } from '#lib/people/account-change.ts'
import { runtime } from '#lib/runtime.ts'
import { mail } from './single-use-link.ts'

/**
 * Emails an account's owner about a change, if a mail server is set. Returns at once: a slow mail server delays nobody's request, and an
 * email that can't be sent is logged and fails nothing.
 */
export function tellOwner(change: AccountChange): void {
  const { addresses, log } = runtime()
  if (change.actions.length === 0) return
  const send = async () => mail(securityLetter(change, `${addresses.publicUrl}/admin/sign-in/forgot`))
  send().catch((error: unknown) => log.error({ err: error }, 'telling somebody of a change to their account failed'))
}

/** Tells the owner what a command has changed. The answer to the request says only that it is done. */
export function doneAndTold(result: Done<AccountChange> | Refusal): Done<null> | Refusal {
  if (result.kind !== 'done') return result
  tellOwner(result.answer)
  return done(null)
}
