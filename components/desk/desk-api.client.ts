import { z } from 'zod'
import { type ProblemDocument, type ProblemKind, problemDocument, problemType } from '#lib/http/problem-document.ts'
import type { Body } from '#lib/story/body.ts'
import type { ClaimWithin } from '#lib/story/claim.ts'
import { deskState, type StoryRole, storyPerson } from '#lib/story/desk.ts'
import { keptPicture, type PictureChanges, picturePage } from '#lib/story/kept-picture.ts'
import { type AddedPicture, addedPicture } from '#lib/story/new-picture.ts'
import { revision } from '#lib/story/revision.ts'
import type { NewStory, StoryChanges } from '#lib/story/story.ts'
import { keptUnsent, type UnsentChange, unsentTexts } from '#lib/story/unsent.ts'

/**
 * How a call ended. `unreachable`: no answer came, or none that our server gives, so it isn't known whether it was done; sending
 * it again is safe where it has a key or a version.
 */
export type Answered<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'problem'; readonly problem: ProblemDocument }
  | { readonly kind: 'unreachable' }

/** Why a call did nothing, as far as is known. */
export type Failure = Exclude<Answered<never>, { kind: 'done' }>

export function isProblem(answered: Answered<unknown>, kind: ProblemKind): answered is { kind: 'problem'; problem: ProblemDocument } {
  return answered.kind === 'problem' && answered.problem.type === problemType(kind)
}

/** Whether the same may be taken another time: nobody answered, the session has ended, or the server is in trouble. */
export function mayPass(failure: Failure): boolean {
  if (failure.kind === 'unreachable' || isProblem(failure, 'sign-in-needed')) return true
  return failure.problem.status === 429 || failure.problem.status >= 500
}

/** Longer than the server itself has patience with its database. */
const answerWithinMs = 30_000

const anything = z.unknown()
const written = z.object({ id: z.string(), version: z.int(), publishedAt: z.string().nullable(), publishAt: z.string().nullable() })
export type Written = z.infer<typeof written>
const opened = z.object({ slug: z.string() })

type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  /** It is short, and is sent though the page is left meanwhile. */
  keepalive?: boolean
}

/** One call of the HTTP API: its answer if it is of that schema, or how it failed. */
export async function call<Schema extends z.ZodType>(
  path: string,
  { method, body, headers, keepalive = false }: Call,
  schema: Schema,
): Promise<Answered<z.output<Schema>>> {
  try {
    const response = await fetch(path, {
      method,
      keepalive,
      headers: body === undefined ? { ...headers } : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    })
    const json: unknown = response.status === 204 ? null : await response.json()
    if (!response.ok) return { kind: 'problem', problem: problemDocument.parse(json) }
    return { kind: 'done', answer: schema.parse(json) }
  } catch {
    // No network, no answer in time, half an answer, or the page of a proxy that stands before the server.
    return { kind: 'unreachable' }
  }
}

export type UpdateText = {
  title: string | null
  body: Body
  key: boolean
  breaking: boolean
  tags: string[]
  claims: ClaimWithin[]
  author?: string
  occurredAt: string | null
}
export type UpdateChange = Partial<UpdateText> & {
  status?: 'draft' | 'submitted' | 'published'
  publishAt?: string | null
  pinned?: boolean
  correction?: { note: string }
}
export type StoryDraft = Pick<NewStory, 'headline' | 'standfirst' | 'slug' | 'language' | 'timeZone' | 'status' | 'template'>

const signedIn = z.object({ twoFactorRedirect: z.boolean().default(false) })

/** `twoFactorRedirect`: the password was right, and a code is asked for. */
export function signIn(email: string, password: string) {
  return call('/api/auth/sign-in/email', { method: 'POST', body: { email, password } }, signedIn)
}

/** The second factor of a sign-in that has begun: a code from the app, or a backup code. */
export function sendCode(kind: 'app' | 'backup', code: string) {
  return call(`/api/auth/two-factor/${kind === 'app' ? 'verify-totp' : 'verify-backup-code'}`, { method: 'POST', body: { code } }, anything)
}

export function signOut() {
  return call('/api/auth/sign-out', { method: 'POST', body: {} }, anything)
}

const session = z.object({ user: z.object({ id: z.string() }) }).nullable()

/** The id of whoever is signed in, null for nobody; `unreachable` if the server can't be asked. */
export async function signedInPerson(): Promise<{ kind: 'person'; id: string | null } | { kind: 'unreachable' }> {
  const answered = await call('/api/auth/get-session', { method: 'GET' }, session)
  return answered.kind === 'done' ? { kind: 'person', id: answered.answer?.user.id ?? null } : { kind: 'unreachable' }
}

export function openStory(story: StoryDraft, idempotencyKey: string) {
  return call('/api/stories', { method: 'POST', body: story, headers: { 'idempotency-key': idempotencyKey } }, opened)
}

export function reviseStory(slug: string, changes: StoryChanges) {
  return call(`/api/stories/${slug}`, { method: 'PATCH', body: changes }, anything)
}

/** `hold` is in seconds; `publishAt` an instant. */
export type NewUpdateText = UpdateText & { pinned: boolean } & (
    | { status: 'published'; hold: number }
    | { status: 'draft'; publishAt: string | null }
    | { status: 'submitted' }
  )

/** With the same key it is written once, however often it is sent. */
export function publishUpdate(slug: string, text: NewUpdateText, idempotencyKey: string) {
  return call(`/api/stories/${slug}/updates`, { method: 'POST', body: text, headers: { 'idempotency-key': idempotencyKey } }, written)
}

/** Changes an update or a draft, if it still has the version that the changes were made to. */
export function reviseUpdate(slug: string, id: string, version: number, changes: UpdateChange) {
  return call(`/api/stories/${slug}/updates/${id}`, { method: 'PATCH', body: changes, headers: { 'if-match': String(version) } }, written)
}

export function pinUpdate(slug: string, id: string, pinned: boolean) {
  return call(`/api/stories/${slug}/updates/${id}`, { method: 'PATCH', body: { pinned } }, written)
}

export function withdrawUpdate(slug: string, id: string, notice: string) {
  return call(`/api/stories/${slug}/updates/${id}/withdraw`, { method: 'POST', body: { notice } }, written)
}

/** What the story's desk shows now. */
export function readDesk(slug: string) {
  return call(`/api/stories/${slug}/desk`, { method: 'GET' }, deskState)
}

export function sendDraftBack(slug: string, id: string, note: string) {
  return call(`/api/stories/${slug}/updates/${id}/send-back`, { method: 'POST', body: { note } }, written)
}

/** With the same key it is written once, however often it is sent. */
export function writeNote(slug: string, text: string, idempotencyKey: string) {
  return call(`/api/stories/${slug}/notes`, { method: 'POST', body: { text }, headers: { 'idempotency-key': idempotencyKey } }, anything)
}

const history = z.object({ revisions: z.array(revision) })

/** All versions of an update, newest first. */
export function readHistory(slug: string, id: string) {
  return call(`/api/stories/${slug}/updates/${id}/history`, { method: 'GET' }, history)
}

const storyPeople = z.object({ people: z.array(storyPerson) })

export function readStoryPeople(slug: string) {
  return call(`/api/stories/${slug}/people`, { method: 'GET' }, storyPeople)
}

export function choosePerson(slug: string, personId: string, role: StoryRole | null) {
  return call(`/api/stories/${slug}/people/${encodeURIComponent(personId)}`, { method: 'PUT', body: { role } }, anything)
}

export function discardDraft(slug: string, id: string) {
  return call(`/api/stories/${slug}/updates/${id}`, { method: 'DELETE' }, anything)
}

/** What that person, who is to be the one who is signed in, has typed in their browsers and sent nowhere. */
export function listUnsent(slug: string, personId: string) {
  return call(`/api/stories/${slug}/unsent?${new URLSearchParams({ personId })}`, { method: 'GET' }, unsentTexts)
}

/** The most, in characters, that surely is sent when the page is left: browsers allow 64 KB for all such calls together. */
const longestKeptAlive = 16 * 1024

export function keepUnsent(slug: string, device: string, change: UnsentChange) {
  const keepalive = JSON.stringify(change).length < longestKeptAlive
  return call(`/api/stories/${slug}/unsent/${device}`, { method: 'PUT', body: change, keepalive }, keptUnsent)
}

export function dropUnsent(slug: string, device: string, personId: string) {
  return call(`/api/stories/${slug}/unsent/${device}?${new URLSearchParams({ personId })}`, { method: 'DELETE', keepalive: true }, anything)
}

/** A page of the library; `before` is the `next` of the one before. */
export function listPictures(words: string, before: string | null) {
  const query = new URLSearchParams({ q: words, ...(before !== null && { before }) })
  return call(`/api/media?${query}`, { method: 'GET' }, picturePage)
}

/** Changes what is kept of a picture for those who use it next. */
export function describePicture(id: string, changes: PictureChanges) {
  return call(`/api/media/${id}`, { method: 'PATCH', body: changes }, keptPicture)
}

type Upload = {
  file: File
  /** Told how much has been sent, from 0 to 1. */
  onProgress: (share: number) => void
  signal: AbortSignal
}

/** Sends a picture; null if it was called off. Not by fetch, which doesn't tell how far it has come. */
export function addPicture({ file, onProgress, signal }: Upload): Promise<Answered<AddedPicture> | null> {
  return new Promise((resolve) => {
    const form = new FormData()
    form.append('file', file)
    const request = new XMLHttpRequest()
    signal.addEventListener('abort', () => request.abort())
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('abort', () => resolve(null))
    request.addEventListener('error', () => resolve({ kind: 'unreachable' }))
    request.addEventListener('load', () => resolve(answerOf(request)))
    request.open('POST', '/api/media')
    request.send(form)
  })
}

function answerOf({ status, responseText }: XMLHttpRequest): Answered<AddedPicture> {
  try {
    const json: unknown = JSON.parse(responseText)
    if (status >= 400) return { kind: 'problem', problem: problemDocument.parse(json) }
    return { kind: 'done', answer: addedPicture.parse(json) }
  } catch {
    return { kind: 'unreachable' }
  }
}
