import { z } from 'zod'
import { role } from '#lib/accounts/person.ts'
import { line } from '#lib/story/text.ts'
import { nameKey } from './name-key.ts'

// C1 controls, and what changes the direction of the text after it: with those a name could pretend to be another, or to be part of a sentence.
const disruptive = /[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/

/** One line, at most as long as fits beside an update. Line breaks become spaces. */
export const personName = line({ min: 1, max: 80 })
  .refine((name) => !disruptive.test(name), 'contains characters that cannot be shown')
  .refine((name) => nameKey(name) !== '', 'must have characters that can be seen')

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
