import { z } from 'zod'

const assertion = z.object({ response: z.object({ response: z.object({ authenticatorData: z.base64url() }) }) })

/** Where the flags are in what an authenticator signs, after the hash of the site's name; and the flag that says "by its owner". */
const flagsAt = 32
const verified = 0x04

/**
 * Whether a passkey says that its device has made sure who holds it, by PIN or body. The accounts library asks for that and takes
 * it without; but here a passkey stands for password and code. What this reads is signed: the library checks the signature.
 */
export function isUserVerified(sent: unknown): boolean {
  const read = assertion.safeParse(sent)
  if (!read.success) return false
  const flags = Buffer.from(read.data.response.response.authenticatorData, 'base64url')[flagsAt] ?? 0
  return (flags & verified) !== 0
}
