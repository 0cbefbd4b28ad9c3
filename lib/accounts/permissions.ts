import type { Caller, Person, Role } from './person.ts'

/** Who may do what, as sentences: "an editor may publish an update". */
const whoMay = {
  'see the desk': ['contributor', 'editor', 'admin'],
  'submit a draft': ['contributor', 'editor', 'admin'],
  'add a picture': ['contributor', 'editor', 'admin'],
  'open a story': ['editor', 'admin'],
  'revise a story': ['editor', 'admin'],
  'publish an update': ['editor', 'admin'],
  'revise an update': ['editor', 'admin'],
  'pin an update': ['editor', 'admin'],
  'withdraw an update': ['editor', 'admin'],
  'change their own account': ['contributor', 'editor', 'admin'],
  'see the people': ['admin'],
  'invite a person': ['admin'],
  'change a person': ['admin'],
  'make a link to set a password': ['admin'],
  'read the audit log': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof whoMay

export type Denial =
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'foreign-origin' }
  | { readonly kind: 'forbidden'; readonly action: Action; readonly role: Role }

export function may(person: Person, action: Action): boolean {
  const roles: readonly Role[] = whoMay[action]
  return roles.includes(person.role)
}

/** The person, if the caller may do that; otherwise why not. Every command that writes asks this first. */
export function permit(caller: Caller, action: Action): { kind: 'permitted'; person: Person } | Denial {
  if (caller.person === null) return { kind: 'sign-in-needed' }
  if (caller.origin === 'foreign') return { kind: 'foreign-origin' }
  if (!may(caller.person, action)) return { kind: 'forbidden', action, role: caller.person.role }
  return { kind: 'permitted', person: caller.person }
}
