import { DeskHeader } from '#components/desk/desk-header.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import type { Person } from '#lib/accounts/person.ts'

/** The head of each page of the desk, for the person who looks at it. */
export function Header({ person }: { person: Person }) {
  return <DeskHeader name={person.name} sees={{ people: may(person, 'see the people'), audit: may(person, 'read the audit log') }} />
}
