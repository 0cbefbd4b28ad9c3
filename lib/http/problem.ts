import { z } from 'zod'
import type { Issue, Refusal } from '#lib/newsroom/newsroom.ts'

/** The problem document of RFC 9457 that every error is answered with. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** With 412: the update as it reads now. */
    current: z.unknown().optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemDocument = z.infer<typeof problemDocument>

/** Each kind of problem with its status and what it is called; `type` is `urn:staytuned:problem:{kind}`. */
const kinds = {
  invalid: [400, 'Some fields are not right'],
  'not-json': [400, 'The body is not JSON'],
  'if-match-needed': [400, 'The version is missing'],
  'sign-in-needed': [401, 'Sign in first'],
  'foreign-origin': [403, 'Not from this origin'],
  forbidden: [403, 'Not allowed'],
  'no-such-story': [404, 'No such story'],
  'no-such-update': [404, 'No such update'],
  'no-such-address': [404, 'Nothing here'],
  'slug-taken': [409, 'That address is taken'],
  'story-closed': [409, 'The story is closed'],
  'story-was-opened': [409, 'The story has been opened'],
  'update-withdrawn': [409, 'The update was withdrawn'],
  'update-not-published': [409, 'The update is a draft'],
  'update-not-a-draft': [409, 'The update is published'],
  stale: [412, 'Changed by somebody else'],
  'too-large': [413, 'Too large'],
  'not-a-json-type': [415, 'Send JSON'],
  'key-reused': [422, 'The key was used before'],
  'too-many': [429, 'Too many requests'],
  failed: [500, 'Something went wrong here'],
  unavailable: [503, 'Not ready'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemKind = keyof typeof kinds

export function problemType(kind: ProblemKind): string {
  return `urn:staytuned:problem:${kind}`
}

type Extra = { issues?: readonly Issue[]; current?: unknown; headers?: Record<string, string> }

export function problem(kind: ProblemKind, detail: string, { headers, ...members }: Extra = {}): Response {
  const [status, title] = kinds[kind]
  const document = { type: problemType(kind), title, status, detail, ...members }
  return Response.json(document, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers } })
}

/** The problem document for each way in which a command can refuse. */
export function refused(refusal: Refusal): Response {
  switch (refusal.kind) {
    case 'sign-in-needed':
      return problem(refusal.kind, 'This needs a session: POST e-mail and password to /api/auth/sign-in/email.')
    case 'foreign-origin':
      return problem(refusal.kind, 'The request was made by a page of another site, which may not write in your name.')
    case 'forbidden':
      return problem(refusal.kind, `A person with the role ${refusal.role} may not ${refusal.action}.`)
    case 'invalid':
      return problem(refusal.kind, refusal.issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '), {
        issues: refusal.issues,
      })
    case 'no-such-story':
      return problem(refusal.kind, 'There is no story at this address, or not any more.')
    case 'no-such-update':
      return problem(refusal.kind, 'There is no update with this id in the story.')
    case 'slug-taken':
      return problem(refusal.kind, `Another story has the address "${refusal.slug}". Choose another.`)
    case 'story-closed':
      return problem(refusal.kind, 'A closed story takes no updates. Set its status to developing first.')
    case 'story-was-opened':
      return problem(refusal.kind, 'Readers have seen the story: it cannot become a draft again. Close it instead.')
    case 'update-withdrawn':
      return problem(refusal.kind, 'The update has been withdrawn, which is final.')
    case 'update-not-published':
      return problem(refusal.kind, 'Readers have not seen this draft: publish it first.')
    case 'update-not-a-draft':
      return problem(refusal.kind, 'The update is published already: this goes with drafts.')
    case 'stale':
      return problem(refusal.kind, `It is at version ${refusal.current.version} now. Look at what has changed, then send yours again.`, {
        current: refusal.current,
      })
    case 'key-reused':
      return problem(refusal.kind, 'This Idempotency-Key came before with another request. Use a new key for a new update.')
  }
}
