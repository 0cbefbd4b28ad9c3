import { z } from 'zod'
import { role } from '#lib/accounts/person.ts'
import { emailAddress, personName } from './listed-person.ts'

/** For how long an invitation can be accepted, in days. */
export const invitationDays = 7

export const newInvitation = z.strictObject({ email: emailAddress, role, name: personName.nullable().default(null) }).meta({ id: 'NewInvitation' })
export type NewInvitation = z.infer<typeof newInvitation>

/** Somebody who was asked to join and hasn't yet. Times are ISO 8601. */
export const invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string().nullable(),
    role,
    invitedBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof invitation>

/** A link that lets somebody in once. It is told this once: what is kept of it is a hash. */
const link = {
  link: z.url(),
  /** Whether it was sent by mail too. */
  mailed: z.boolean(),
}

export const sentInvitation = z.object({ invitation, ...link }).meta({ id: 'SentInvitation' })
export type SentInvitation = z.infer<typeof sentInvitation>

export const resetLink = z.object({ ...link, expiresAt: z.string() }).meta({ id: 'ResetLink' })
export type ResetLink = z.infer<typeof resetLink>

export const resetRequest = z.strictObject({ email: emailAddress }).meta({ id: 'ResetRequest' })
