import type { Issue, Refusal } from '#lib/newsroom/newsroom.ts'
import { type ProblemKind, problemKinds, problemType } from './problem-document.ts'

type Extra = { issues?: readonly Issue[]; current?: unknown; requestId?: string | undefined; headers?: Record<string, string> }

export function problem(kind: ProblemKind, detail: string, { headers, ...members }: Extra = {}): Response {
  const [status, title] = problemKinds[kind]
  const document = { type: problemType(kind), title, status, detail, ...members }
  return Response.json(document, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers } })
}

export const signInTooOldDetail = 'You signed in more than a day ago. Sign out, sign in again, and then do this.'

/** For secrets that can be guessed. */
export function tooManyTries(retryAfterSeconds: number): Response {
  return problem('too-many', `Too many tries. Wait ${Math.ceil(retryAfterSeconds / 60)} min, then try again.`, {
    headers: { 'retry-after': String(retryAfterSeconds) },
  })
}

export function ifMatchNeeded(): Response {
  return problem('if-match-needed', 'Send If-Match with the version that the changes were made to, like If-Match: 3.')
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
    case 'no-such-claim':
      return problem(refusal.kind, 'There is no claim with this id in the story, or it was withdrawn.')
    case 'no-such-question':
      return problem(refusal.kind, 'There is no question with this id in the story, or it was withdrawn.')
    case 'list-full':
      return problem(refusal.kind, `There are ${refusal.most} already, which is the most.`)
    case 'no-such-picture':
      return problem(refusal.kind, 'There is no picture with this id.')
    case 'nothing-to-erase':
      return problem(refusal.kind, "Something of it is not in the story's history: it is a draft, which can be discarded, or was erased before.")
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
    case 'draft-not-submitted':
      return problem(refusal.kind, 'Only a draft that was submitted can be sent back.')
    case 'draft-is-scheduled':
      return problem(refusal.kind, `An editor has set this to be published at ${refusal.publishAt}: ask one to change it, or to take the time off.`)
    case 'stale':
      return problem(refusal.kind, `It is at version ${refusal.current.version} now. Look at what has changed, then send yours again.`, {
        current: refusal.current,
      })
    case 'key-reused':
      return problem(refusal.kind, 'This Idempotency-Key came before with another request. Use a new key for another request.')
    case 'no-such-person':
      return problem(refusal.kind, 'There is nobody with this id.')
    case 'no-such-invitation':
      return problem(refusal.kind, 'There is no such invitation: it was accepted, or taken back.')
    case 'no-such-session':
      return problem(refusal.kind, 'You have no session with this id: it has ended already.')
    case 'email-taken':
      return problem(refusal.kind, `Somebody has the address ${refusal.email} already.`)
    case 'name-taken':
      return problem(refusal.kind, `Somebody else here is called ${refusal.name}. Readers could not tell you apart: choose another name.`)
    case 'last-admin':
      return problem(refusal.kind, 'This is the last admin. Make somebody else an admin first.')
    case 'not-yourself':
      return problem(refusal.kind, 'Nobody can deactivate themself. Ask another admin.')
    case 'own-account':
      return problem(refusal.kind, 'Change your own password and two-factor on your account page.')
    case 'sign-in-too-old':
      return problem(refusal.kind, signInTooOldDetail)
    case 'person-deactivated':
      return problem(refusal.kind, 'This person is deactivated, and could not sign in with a new password. Reactivate them first.')
    case 'link-over':
      return problem(refusal.kind, 'The link was used, was taken back, or its time is over. Ask for a new one.')
    case 'wrong-password':
      return problem(refusal.kind, 'The current password is not right.')
    case 'no-mail':
      return problem(refusal.kind, 'This desk sends no mail. Ask an admin of the newsroom, who can make you a link to set a new password.')
    case 'not-a-picture':
      return problem(refusal.kind, 'The file is none of JPEG, PNG, WebP, GIF or AVIF. What counts is what is in it, not its name.')
    case 'broken-picture':
      return problem(refusal.kind, `The picture is damaged, or a part of it is missing: ${refusal.reason}`)
    case 'too-many-pixels':
      return problem(refusal.kind, `It has ${millions(refusal.pixels)} million pixels; the most is ${millions(refusal.most)}.`)
    case 'busy':
      return problem(refusal.kind, 'The server is busy. Try again in a moment.', { headers: { 'retry-after': '2' } })
  }
}

export function noSuchAddress(): Response {
  return problem('no-such-address', 'There is nothing at this address. /api/openapi.json lists what there is.')
}

function millions(count: number): string {
  return (Math.ceil(count / 100_000) / 10).toFixed(1)
}
