import { StartProblem } from '#lib/db/database.ts'
import type { People } from '#lib/db/people.ts'
import { newPasswordFor } from '#lib/people/password-bodies.ts'
import { addPerson } from './add-person.ts'
import { hashPassword, randomPassword } from './password.ts'

export type FirstAdmin = { readonly email: string; readonly password: string }

const unnamed = 'admin@staytuned.local'

/**
 * Adds the first admin if nobody can sign in yet: the given one, or one with a random password, which is answered so that it
 * can be told, once. Null if there was somebody, or the given one was added. Throws a StartProblem if the password given is one that
 * nobody may set; it isn't looked at where the first admin is there already.
 */
export async function addFirstAdmin(people: People, given: FirstAdmin | null): Promise<FirstAdmin | null> {
  if ((await people.count()) > 0) return null
  const checked = given && newPasswordFor([given.email]).safeParse(given.password)
  if (checked?.success === false) throw new StartProblem(`STAYTUNED_ADMIN_PASSWORD ${checked.error.issues.map(({ message }) => message).join(', ')}.`)
  const admin = given ?? { email: unnamed, password: randomPassword() }
  const passwordHash = await hashPassword(admin.password)
  const isAdded = await people.write((writing) =>
    addPerson(
      writing,
      { name: 'Admin', email: admin.email, role: 'admin', passwordHash },
      { at: new Date(), actor: { id: null, name: 'First start' } },
    ),
  )
  return isAdded && given === null ? admin : null
}
