'use client'

import type { Invitation } from '#lib/people/invitation.ts'
import type { ListedPerson } from '#lib/people/listed-person.ts'
import type { Answered } from '../desk-api.client.ts'
import { useFetched } from '../use-fetched.client.ts'
import { listInvitations, listPeople } from './people-api.client.ts'

export type PeopleLists = { readonly people: readonly ListedPerson[]; readonly invitations: readonly Invitation[] }

/** Everybody, and who was invited, as the page was made with them and as they are after each write. */
export function usePeople(initial: PeopleLists) {
  return useFetched<PeopleLists>(initial, load)
}

async function load(): Promise<Answered<PeopleLists>> {
  const [people, invitations] = await Promise.all([listPeople(), listInvitations()])
  if (people.kind !== 'done') return people
  return invitations.kind === 'done' ? { kind: 'done', answer: { ...people.answer, ...invitations.answer } } : invitations
}
