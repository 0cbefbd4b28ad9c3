import { addPerson } from '#lib/accounts/add-person.ts'
import { hashPassword } from '#lib/accounts/password.ts'
import type { Role } from '#lib/accounts/person.ts'
import type { Store } from '#lib/db/store.ts'
import { admin } from './running-server.ts'

export type Colleague = { readonly name: string; readonly email: string; readonly password: string; readonly role: Role }

const { password } = admin

/** Who works in the newsroom beside the first admin. All have the admin's password: making one takes its time. */
export const colleagues = {
  editor: { name: 'Erin Editor', email: 'erin@example.org', role: 'editor', password },
  contributor: { name: 'Cora Contributor', email: 'cora@example.org', role: 'contributor', password },
  stringer: { name: 'Sol Stringer', email: 'sol@example.org', role: 'guest', password },
  local: { name: 'Lou Local', email: 'lou@example.org', role: 'guest', password },
  gone: { name: 'Gus Gone', email: 'gus@example.org', role: 'editor', password },
  guest: { name: 'Gael Guest', email: 'gael@example.org', role: 'guest', password },
} as const satisfies Record<string, Colleague>

export async function addColleagues({ people }: Store): Promise<void> {
  const passwordHash = await hashPassword(password)
  const by = { at: new Date(), actor: { id: null, name: 'A test' } }
  await people.write(async (writing) => {
    await addPerson(writing, { name: 'Admin', email: admin.email, role: 'admin', passwordHash }, by)
    for (const { name, email, role } of Object.values(colleagues)) await addPerson(writing, { name, email, role, passwordHash }, by)
  })
}

/** Somebody who signs in nowhere; answers their id. */
export async function addSomebody({ people }: Store, person: { name: string; email: string; role: Role }): Promise<string> {
  await people.write((writing) => addPerson(writing, { ...person, passwordHash: '-' }, { at: new Date(), actor: { id: null, name: 'A test' } }))
  const added = (await people.list()).find(({ email }) => email === person.email)
  if (!added) throw new Error('was not added')
  return added.id
}
