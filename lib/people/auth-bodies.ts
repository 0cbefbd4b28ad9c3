import { z } from 'zod'
import { printable } from '#lib/story/text.ts'

/** So that hashing one can't be made long work. */
export const longestPassword = 128

const atMost = (most: number) => printable.max(most, `must have at most ${most} characters`)
const password = atMost(longestPassword)
/** Of an app, or of those that are kept for when the app is lost. */
const code = atMost(40)
const passkeyId = atMost(100)
const passkeyName = atMost(80)

/** As the WebAuthn API of browsers gives it; the library looks into it. */
const webAuthn = z.record(z.string(), z.unknown())

const passwordAlone = z.strictObject({ password })
const codeAlone = z.strictObject({ code })

/**
 * What may be sent to the calls below /api/auth/ that take a body, field by field. What the library would take beside (a device that
 * is trusted for a month, an address to go on to) is refused: nobody could see it, or take it back.
 */
export const authBodies = {
  '/sign-in/email': z.strictObject({ email: atMost(254), password }),
  '/sign-out': z.strictObject({}),
  '/two-factor/enable': passwordAlone,
  '/two-factor/disable': passwordAlone,
  '/two-factor/verify-totp': codeAlone,
  '/two-factor/verify-backup-code': codeAlone,
  '/two-factor/generate-backup-codes': passwordAlone,
  '/passkey/generate-register-options': passwordAlone,
  '/passkey/verify-registration': z.strictObject({ response: webAuthn, name: passkeyName.optional() }),
  '/passkey/verify-authentication': z.strictObject({ response: webAuthn }),
  '/passkey/update-passkey': z.strictObject({ id: passkeyId, name: passkeyName }),
  '/passkey/delete-passkey': z.strictObject({ id: passkeyId, password }),
} as const
