import type { AuditNote } from '#lib/db/audit-note.ts'
import type { NewPerson, PeopleWriting } from '#lib/db/people-writing.ts'

/** Adds somebody who may sign in, and writes it down; false, and nothing, if somebody has that address. Three queries. */
export async function addPerson(writing: PeopleWriting, person: NewPerson, by: Pick<AuditNote, 'at' | 'actor'>): Promise<boolean> {
  if (await writing.personAt(person.email)) return false
  const id = await writing.add(person)
  await writing.note({ ...by, action: 'person-added', subject: { type: 'person', id, label: person.name }, detail: { role: person.role } })
  return true
}
