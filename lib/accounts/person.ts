import { z } from 'zod'

/** A guest writes in the stories that they were added to, and nowhere else. */
export const role = z.enum(['guest', 'contributor', 'editor', 'admin'])
export type Role = z.infer<typeof role>

/** Somebody who is signed in. */
export type Person = { readonly id: string; readonly name: string; readonly email: string; readonly role: Role }

/**
 * Whoever asks for something: a person or nobody, and where a browser says that the request was made: on our own pages, or
 * on somebody else's, where the person's cookie proves nothing about what the person wants.
 */
export type Caller = {
  readonly person: Person | null
  readonly origin: 'own' | 'foreign'
  /** The session that the request came with, where there's one. */
  readonly sessionId?: string
  /** When that session began. */
  readonly signedInAt?: Date
}
