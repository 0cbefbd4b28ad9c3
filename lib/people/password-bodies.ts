import { z } from 'zod'
import { printable } from '#lib/story/text.ts'
import { longestPassword } from './auth-bodies.ts'
import { isGuessablePassword } from './guessable-password.ts'
import { personName, shortestPassword } from './listed-person.ts'

/**
 * Returns the schema of a password that a person sets. `about` is what is known of the person, such as their name and email address: a
 * password made of that is refused like a common one.
 */
export function newPasswordFor(about: readonly string[]) {
  return printable
    .min(shortestPassword, { message: `must have at least ${shortestPassword} characters`, abort: true })
    .max(longestPassword, { message: `must have at most ${longestPassword} characters`, abort: true })
    .refine((password) => !isGuessablePassword(password, about), {
      message: 'must not be a common password, a simple pattern, or made of your name or email address',
    })
}

// The command that has loaded the person checks the password against their name and email address too.
const newPassword = newPasswordFor([])
const token = z.string().min(1).max(200)

export const passwordChange = z
  .strictObject({
    currentPassword: z.string().max(longestPassword),
    newPassword,
    removePasskeys: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether all passkeys of the account are removed, so that only the new password opens it' }),
  })
  .meta({ id: 'PasswordChange' })
export type PasswordChange = z.infer<typeof passwordChange>

export const acceptance = z.strictObject({ token, name: personName, password: newPassword }).meta({ id: 'Acceptance' })
export type Acceptance = z.infer<typeof acceptance>

export const passwordReset = z.strictObject({ token, password: newPassword }).meta({ id: 'PasswordReset' })
export type PasswordReset = z.infer<typeof passwordReset>
