import { z } from 'zod'
import { invitation, type NewInvitation, resetLink, sentInvitation } from '#lib/people/invitation.ts'
import { listedPerson, type PersonChanges } from '#lib/people/listed-person.ts'
import { call } from '../desk-api.client.ts'

const anything = z.unknown()
const path = (id: string) => `/api/people/${encodeURIComponent(id)}`

export function listPeople() {
  return call('/api/people', { method: 'GET' }, z.object({ people: z.array(listedPerson) }))
}

export function changePerson(id: string, changes: PersonChanges) {
  return call(path(id), { method: 'PATCH', body: changes }, anything)
}

/** Makes a link by which that person sets a new password. */
export function makeResetLink(id: string) {
  return call(`${path(id)}/password-reset`, { method: 'POST', body: {} }, resetLink)
}

export function listInvitations() {
  return call('/api/invitations', { method: 'GET' }, z.object({ invitations: z.array(invitation) }))
}

export function invite(input: NewInvitation) {
  return call('/api/invitations', { method: 'POST', body: input }, sentInvitation)
}

export function withdrawInvitation(id: string) {
  return call(`/api/invitations/${id}`, { method: 'DELETE' }, anything)
}

/** Joins, and is signed in. */
export function acceptInvitation(token: string, name: string, password: string) {
  return call('/api/invitations/accept', { method: 'POST', body: { token, name, password } }, anything)
}

/** Asks for a letter with a link; the answer is the same whether somebody has that address or not. */
export function askForReset(email: string) {
  return call('/api/password-resets', { method: 'POST', body: { email } }, anything)
}

export function resetPassword(token: string, password: string) {
  return call('/api/password-resets/use', { method: 'POST', body: { token, password } }, anything)
}
