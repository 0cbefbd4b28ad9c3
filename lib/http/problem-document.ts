import { z } from 'zod'

/** The problem document of RFC 9457 that every error is answered with. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** With 412: what was to be changed, as it is now. */
    current: z.unknown().optional(),
    /** With 500: what its lines in the log bear. */
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemDocument = z.infer<typeof problemDocument>

/** Each kind of problem with its status and what it is called; `type` is `urn:staytuned:problem:{kind}`. */
export const problemKinds = {
  invalid: [400, 'Some fields are not right'],
  'not-json': [400, 'The body is not JSON'],
  'if-match-needed': [400, 'The version is missing'],
  'sign-in-needed': [401, 'Sign in first'],
  'foreign-origin': [403, 'Not from this origin'],
  forbidden: [403, 'Not allowed'],
  deactivated: [403, 'Deactivated'],
  'sign-in-too-old': [403, 'Sign in again'],
  'no-such-story': [404, 'No such story'],
  'no-such-update': [404, 'No such update'],
  'no-such-claim': [404, 'No such claim'],
  'no-such-question': [404, 'No such question'],
  'no-such-picture': [404, 'No such picture'],
  'nothing-to-erase': [404, 'Nothing to erase'],
  'no-such-person': [404, 'No such person'],
  'no-such-invitation': [404, 'No such invitation'],
  'no-such-session': [404, 'No such session'],
  'no-such-address': [404, 'Nothing here'],
  'too-slow': [408, 'Too slow'],
  'slug-taken': [409, 'That address is taken'],
  'story-closed': [409, 'The story is closed'],
  'story-was-opened': [409, 'The story has been opened'],
  'update-withdrawn': [409, 'The update was withdrawn'],
  'update-not-published': [409, 'The update is a draft'],
  'update-not-a-draft': [409, 'The update is published'],
  'draft-not-submitted': [409, 'The draft was not submitted'],
  'draft-is-scheduled': [409, 'The draft is scheduled'],
  'list-full': [409, 'The list is full'],
  'email-taken': [409, 'That address is taken'],
  'name-taken': [409, 'That name is taken'],
  'last-admin': [409, 'The last admin'],
  'not-yourself': [409, 'Not yourself'],
  'own-account': [409, 'Your own account'],
  'person-deactivated': [409, 'The person is deactivated'],
  'no-mail': [409, 'No mail is sent'],
  'link-over': [410, 'The link no longer works'],
  stale: [412, 'Changed by somebody else'],
  'too-large': [413, 'Too large'],
  'not-a-json-type': [415, 'Send JSON'],
  'not-a-form': [415, 'Send a form'],
  'not-a-picture': [415, 'Not a picture that is taken'],
  'wrong-password': [422, 'The password is wrong'],
  'wrong-code': [422, 'The code is wrong'],
  'key-reused': [422, 'The key was used before'],
  'broken-picture': [422, 'The picture is broken'],
  'too-many-pixels': [422, 'The picture has too many pixels'],
  'too-many': [429, 'Too many requests'],
  failed: [500, 'Something went wrong here'],
  unavailable: [503, 'Not ready'],
  busy: [503, 'Busy'],
  'no-room': [507, 'No room left'],
  'database-away': [503, 'The database is away'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemKind = keyof typeof problemKinds

export function problemType(kind: ProblemKind): string {
  return `urn:staytuned:problem:${kind}`
}
