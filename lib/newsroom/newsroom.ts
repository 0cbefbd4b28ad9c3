import type { Denial } from '#lib/accounts/permissions.ts'
import type { Store } from '#lib/db/store.ts'
import type { Busy } from '#lib/limits/concurrency-limit.ts'
import type { PictureProblem } from '#lib/media/clean-picture.ts'
import type { Claim } from '#lib/story/claim.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { Question } from '#lib/story/question.ts'
import type { Update } from '#lib/story/update.ts'

/** What every command works with. */
export type Newsroom = { readonly store: Store; readonly now: () => Date }

/** One thing wrong with what was sent: where (names and numbers joined by dots, empty for the whole) and what. */
export type Issue = { readonly path: string; readonly message: string }

/** Why a command did nothing. */
export type Refusal =
  | Denial
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] }
  | { readonly kind: 'no-such-story' }
  | { readonly kind: 'no-such-update' }
  | { readonly kind: 'no-such-claim' }
  | { readonly kind: 'no-such-question' }
  /** Of claims or questions in a story, or of what became of one. */
  | { readonly kind: 'list-full'; readonly most: number }
  | { readonly kind: 'no-such-picture' }
  /** It never was in the story's history, or is there no more. */
  | { readonly kind: 'nothing-to-erase' }
  | { readonly kind: 'slug-taken'; readonly slug: string }
  | { readonly kind: 'story-closed' }
  | { readonly kind: 'story-was-opened' }
  | { readonly kind: 'update-withdrawn' }
  | { readonly kind: 'update-not-published' }
  | { readonly kind: 'update-not-a-draft' }
  | { readonly kind: 'draft-not-submitted' }
  | { readonly kind: 'draft-is-scheduled'; readonly publishAt: string }
  | { readonly kind: 'no-such-person' }
  /** Somebody else's change came first: this is how it reads now. */
  | { readonly kind: 'stale'; readonly current: Update | Draft | Claim | Question }
  /** The Idempotency-Key came before with another request. */
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'no-such-person' }
  | { readonly kind: 'no-such-invitation' }
  | { readonly kind: 'no-such-session' }
  /** The link was never one, was used, was taken back, or its time is over. */
  | { readonly kind: 'link-over' }
  | { readonly kind: 'email-taken'; readonly email: string }
  /** Somebody else who may sign in has a name that looks the same. */
  | { readonly kind: 'name-taken'; readonly name: string }
  /** Nobody would be left who can change people. */
  | { readonly kind: 'last-admin' }
  | { readonly kind: 'not-yourself' }
  /** What somebody changes of their own account, on its page and with the password. */
  | { readonly kind: 'own-account' }
  /** The session began too long ago for what was asked. */
  | { readonly kind: 'sign-in-too-old' }
  | { readonly kind: 'wrong-password' }
  | { readonly kind: 'person-deactivated' }
  /** No mail server is set. */
  | { readonly kind: 'no-mail' }
  | PictureProblem
  | Busy

export type Done<Answer> = { readonly kind: 'done'; readonly answer: Answer }

export function done<Answer>(answer: Answer): Done<Answer> {
  return { kind: 'done', answer }
}

/** What a write to an update answers; a draft has no number and no time of publication yet, but perhaps one when it will be published. */
export type WrittenUpdate = {
  readonly id: string
  readonly seq: number | null
  readonly version: number
  readonly publishedAt: string | null
  readonly publishAt: string | null
}

export function written({ id, seq, version, publishedAt }: Update): WrittenUpdate {
  return { id, seq, version, publishAt: null, publishedAt }
}

export function writtenDraft({ id, version, publishAt }: Draft): WrittenUpdate {
  return { id, seq: null, version, publishAt, publishedAt: null }
}
