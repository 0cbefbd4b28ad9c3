import { z } from 'zod'
import { role } from '#lib/accounts/person.ts'
import { printable } from '#lib/story/text.ts'

/** The longest name that fits beside an update. */
export const personName = printable.trim().min(1, 'must not be empty').max(80, 'must have at most 80 characters')

/** Kept in small letters, so that nobody is there twice. */
export const emailAddress = z.email('must be an e-mail address').max(200, 'must have at most 200 characters').toLowerCase()

export const shortestPassword = 10

/** Somebody who may sign in, or might, as admins see them. Times are ISO 8601. */
export const listedPerson = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    createdAt: z.string(),
    /** Since when they may not sign in; null for those who may. */
    deactivatedAt: z.string().nullable(),
    /** When they last used the desk, to about ten minutes, as far as sessions that are still there tell. */
    lastSeenAt: z.string().nullable(),
    hasTwoFactor: z.boolean(),
    passkeys: z.int().nonnegative(),
  })
  .meta({ id: 'Person' })
export type ListedPerson = z.infer<typeof listedPerson>

export const personChanges = z
  .strictObject({
    role: role.optional(),
    name: personName.optional(),
    active: z.boolean().optional(),
    /** For somebody who has lost what made their codes. Only they can turn it on again. */
    hasTwoFactor: z.literal(false).optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), { message: 'must change something' })
  .meta({ id: 'PersonChanges' })
export type PersonChanges = z.infer<typeof personChanges>
