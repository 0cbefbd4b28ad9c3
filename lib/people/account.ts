import { z } from 'zod'
import { role } from '#lib/accounts/person.ts'
import { personName } from './listed-person.ts'

/** A browser that somebody is signed in with. Times are ISO 8601. */
export const listedSession = z.object({
  id: z.string(),
  /** What the browser and the system call themselves; null where that says nothing. */
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string().nullable(),
  signedInAt: z.string(),
  /** To about ten minutes. */
  lastUsedAt: z.string(),
  isThis: z.boolean(),
})
export type ListedSession = z.infer<typeof listedSession>

const listedPasskey = z.object({ id: z.string(), name: z.string().nullable(), createdAt: z.string().nullable() })
export type ListedPasskey = z.infer<typeof listedPasskey>

/** What somebody who is signed in sees of their own account. */
export const account = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    hasTwoFactor: z.boolean(),
    passkeys: z.array(listedPasskey),
    sessions: z.array(listedSession),
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof account>

export const accountChanges = z.strictObject({ name: personName }).meta({ id: 'AccountChanges' })
