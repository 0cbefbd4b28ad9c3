import type { Caller, Person, Role } from './person.ts'

/** Who may do what, as sentences: "an editor may publish an update". A guest may do in a story what their role there allows. */
const whoMay = {
  'see the desk': ['contributor', 'editor', 'admin'],
  'submit a draft': ['contributor', 'editor', 'admin'],
  'write a note': ['contributor', 'editor', 'admin'],
  'add a picture': ['contributor', 'editor', 'admin'],
  'find a picture': ['guest', 'contributor', 'editor', 'admin'],
  'find a picture of another': ['contributor', 'editor', 'admin'],
  'describe a picture': ['guest', 'contributor', 'editor', 'admin'],
  'describe a picture of another': ['editor', 'admin'],
  'open a story': ['editor', 'admin'],
  'revise a story': ['editor', 'admin'],
  'publish an update': ['editor', 'admin'],
  'revise an update': ['editor', 'admin'],
  'choose a byline': ['editor', 'admin'],
  'send a draft back': ['editor', 'admin'],
  'pin an update': ['editor', 'admin'],
  'withdraw an update': ['editor', 'admin'],
  'keep claims and questions': ['editor', 'admin'],
  'export a story': ['editor', 'admin'],
  'choose who writes in a story': ['editor', 'admin'],
  'change their own account': ['guest', 'contributor', 'editor', 'admin'],
  'see the people': ['admin'],
  'invite a person': ['admin'],
  'change a person': ['admin'],
  'make a link to set a password': ['admin'],
  'erase history': ['admin'],
  'read the audit log': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof whoMay

export type Denial =
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'foreign-origin' }
  | { readonly kind: 'forbidden'; readonly action: Action; readonly role: Role }

export type Permission = { readonly kind: 'permitted'; readonly person: Person } | Denial

export function may(person: Person, action: Action): boolean {
  const roles: readonly Role[] = whoMay[action]
  return roles.includes(person.role)
}

/** The person, if the caller may do that; otherwise why not. Every command that writes asks this first, or {@link permitInStory}. */
export function permit(caller: Caller, action: Action): Permission {
  if (caller.person === null) return { kind: 'sign-in-needed' }
  if (caller.origin === 'foreign') return { kind: 'foreign-origin' }
  if (!may(caller.person, action)) return { kind: 'forbidden', action, role: caller.person.role }
  return { kind: 'permitted', person: caller.person }
}
