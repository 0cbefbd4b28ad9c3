/**
 * What of the accounts library's API is offered, below /api/auth/. The rest of it (sign-up, changing one's data past our commands,
 * sessions listed with their tokens) isn't: what is written past us would be missing in the audit log.
 */
export const offeredPaths = [
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
  '/passkey/generate-register-options',
  '/passkey/verify-registration',
  '/passkey/generate-authenticate-options',
  '/passkey/verify-authentication',
  '/passkey/update-passkey',
  '/passkey/delete-passkey',
] as const
export type OfferedPath = (typeof offeredPaths)[number]

/** Which of them a request is for; null for none. */
export function offeredPath(url: string): OfferedPath | null {
  const path = new URL(url).pathname.replace(/^\/api\/auth/, '')
  return offeredPaths.find((offered) => offered === path) ?? null
}

/** Where something secret can be guessed: whose it is, for the count of tries. Null where nothing can be. */
export function guessedAt(
  path: OfferedPath,
  { email, personId, challenge }: { email: string; personId: string | null; challenge: string | null },
): string | null {
  switch (path) {
    case '/sign-in/email':
      return email
    case '/two-factor/verify-totp':
    case '/two-factor/verify-backup-code':
      return `code of ${personId ?? challenge}`
    case '/two-factor/enable':
    case '/two-factor/disable':
    case '/two-factor/generate-backup-codes':
      return `password of ${personId}`
    default:
      // What a passkey signs can't be guessed; were it counted, strangers could use up everybody's tries.
      return null
  }
}
