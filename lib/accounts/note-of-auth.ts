import { z } from 'zod'
import type { AuditNote } from '#lib/db/audit-note.ts'
import type { AuditAction, AuditDetail } from '#lib/people/audit-entry.ts'
import type { AuthPath } from './auth-calls.ts'

export type Exchange = {
  readonly path: AuthPath
  /** Whose address a sign-in by password was tried with; null if nobody has it. */
  readonly target: { readonly id: string; readonly name: string; readonly email: string } | null
  /** Who asked, or whose second factor was asked for; null if that isn't known. Whoever begins to sign in may be another. */
  readonly person: { readonly id: string; readonly name: string } | null
  /** Whether a session was there before. */
  readonly wasSignedIn: boolean
  readonly hadTwoFactor: boolean
  readonly address: string
  readonly asked: unknown
  readonly ok: boolean
  readonly answered: unknown
}

const user = z.object({ id: z.string(), name: z.string() })
const answer = z.object({ user: user.optional(), twoFactorRedirect: z.boolean().optional(), name: z.string().nullish(), code: z.string().optional() })
const question = z.object({ name: z.string().optional().catch(undefined) })

/** What an exchange with the accounts library has changed, in words for the audit log; null if it's nothing. */
export function noteOfAuth({
  path,
  target,
  person,
  wasSignedIn,
  hadTwoFactor,
  address,
  asked,
  ok,
  answered,
}: Exchange): Omit<AuditNote, 'at'> | null {
  const { user: signedIn, twoFactorRedirect, name, code } = answer.safeParse(answered).data ?? {}
  const { name: givenName } = question.safeParse(asked).data ?? {}

  const about = (who: { id: string | null; name: string }, action: AuditAction, detail: AuditDetail) => ({
    actor: who,
    action,
    subject: { type: 'person', id: who.id, label: who.name } as const,
    detail: { ...detail, address },
  })
  const signIn = (method: string, known: Exchange['person']) => {
    const who = signedIn ?? known
    if (ok) return who && about(who, 'sign-in', { method })
    const detail = { method, reason: reasons[code ?? ''] ?? code ?? null }
    // Whoever doesn't know the password may be anybody. What a stranger sends is never stored: it could be a password, or somebody's name.
    if (known !== null) return about(known, 'sign-in-failed', detail)
    if (target === null) return about({ id: null, name: 'Somebody unknown' }, 'sign-in-failed', detail)
    return { ...about(target, 'sign-in-failed', detail), actor: { id: null, name: target.email } }
  }
  const ownAction = (action: AuditAction, detail: AuditDetail = {}) => (ok && person ? about(person, action, detail) : null)

  switch (path) {
    case '/sign-in/email':
      return twoFactorRedirect ? null : signIn('password', null)
    case '/two-factor/verify-totp':
      if (!wasSignedIn) return signIn('password and code', person)
      return hadTwoFactor ? null : ownAction('two-factor-enabled')
    case '/two-factor/verify-backup-code':
      return wasSignedIn ? null : signIn('password and backup code', person)
    case '/two-factor/disable':
      return ownAction('two-factor-disabled')
    case '/two-factor/generate-backup-codes':
      return ownAction('two-factor-backup-codes-made')
    case '/passkey/verify-authentication':
      return signIn('passkey', null)
    case '/passkey/verify-registration':
      return ownAction('passkey-added', { name: name ?? givenName ?? null })
    case '/passkey/update-passkey':
      return ownAction('passkey-renamed', { name: givenName ?? null })
    case '/passkey/delete-passkey':
      return ownAction('passkey-removed')
    case '/sign-out':
      return ownAction('sign-out')
    case '/get-session':
    case '/two-factor/enable':
    case '/passkey/generate-register-options':
    case '/passkey/generate-authenticate-options':
      return null
  }
}

/** The library's codes in plain words. */
const reasons: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong password',
  ACCOUNT_DEACTIVATED: 'deactivated',
  INVALID_CODE: 'wrong code',
  INVALID_BACKUP_CODE: 'wrong code',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'too many codes',
  ACCOUNT_TEMPORARILY_LOCKED: 'too many codes',
  PASSKEY_NOT_FOUND: 'unknown passkey',
}
