import { z } from 'zod'
import { event, type StoryEvent } from '#lib/story/event.ts'
import { slug } from '#lib/story/story.ts'

// What goes over the socket, and what the same questions are answered by HTTP: one schema a message, for both ends.

/** The longest message that a reader may send, in bytes. */
export const longestMessage = 4096

/**
 * Somebody begins to follow a story: from what came after number `after` of that epoch, or from now on. `as` says what it is: a
 * reader's page, which can confirm what it shows; or a desk or a list of stories, which are no readers. A program that doesn't say
 * is counted as a reader, and not asked to confirm.
 */
export const followRequest = z.strictObject({
  story: slug,
  epoch: z.int().positive().optional(),
  after: z.int().nonnegative().optional(),
  as: z.enum(['reader', 'desk', 'list']).optional(),
})
export type FollowRequest = z.infer<typeof followRequest>

const position = { epoch: z.int().positive(), head: z.int().nonnegative() }

/** Either everything that was missed, or `reset`: read the view anew. */
export const catchUp = z
  .union([z.object({ ...position, events: z.array(event) }), z.object({ ...position, reset: z.literal(true) })])
  .meta({ id: 'CatchUp' })
export type CatchUp = z.infer<typeof catchUp>

/** What a reader missed, in numbers, and where it begins; or that it can't be told, because history was rewritten. */
export const changes = z
  .union([
    z.object({
      ...position,
      updates: z.int().nonnegative(),
      corrections: z.int().nonnegative(),
      withdrawals: z.int().nonnegative(),
      /** How often a claim was assessed anew. */
      reassessments: z.int().nonnegative(),
      /** How many questions were answered, or closed without an answer. */
      answers: z.int().nonnegative(),
      /** The oldest update that came since and stands. */
      first: z.object({ id: z.uuid(), seq: z.int().positive() }).nullable(),
    }),
    z.object({ ...position, reset: z.literal(true) }),
  ])
  .meta({ id: 'Changes' })
export type Changes = z.infer<typeof changes>

/** This process has as many as it can serve: ask by HTTP so often, and for a socket again after so long, in ms. The socket is closed. */
const full = z.object({
  ok: z.literal(false),
  reason: z.literal('full'),
  pollEveryMs: z.int().positive(),
  retryAfterMs: z.int().positive(),
})

const refusal = z.object({ ok: z.literal(false), reason: z.enum(['invalid', 'no-such-story', 'busy', 'unknown-message']) })

/** `confirm`: this reader is asked to say what of that which comes from now on was `seen`. */
const accepted = { ok: z.literal(true), ...position, confirm: z.literal(true).optional() }

export const followAnswer = z.union([
  z.object({ ...accepted, events: z.array(event) }),
  z.object({ ...accepted, reset: z.literal(true) }),
  full,
  refusal,
])
export type FollowAnswer = z.infer<typeof followAnswer>

/** The events after number `after` up to number `seq` have been painted on a page that is looked at. Nothing is answered. */
export const seenMessage = z.strictObject({ story: slug, after: z.int().nonnegative(), seq: z.int().positive() })
export type SeenMessage = z.infer<typeof seenMessage>

export const eventsMessage = z.object({ story: slug, epoch: z.int().positive(), events: z.array(event) })
export type EventsMessage = { story: string; epoch: number; events: readonly StoryEvent[] }

/** The heartbeat: where the story's log stands. */
export const headMessage = z.object({ story: slug, ...position })
export type HeadMessage = z.infer<typeof headMessage>

/** How many readers are connected: to this process now, and to the others as of a minute or two ago. */
export const audienceMessage = z.object({ story: slug, readers: z.int().nonnegative() })
export type AudienceMessage = z.infer<typeof audienceMessage>

/**
 * This process is about to end: open another socket at a random moment within so many ms, so that not all come to the others at once.
 * Until then everything comes as before.
 */
export const leavingMessage = z.object({ within: z.int().nonnegative() })
export type LeavingMessage = z.infer<typeof leavingMessage>

export type ClientToServer = {
  follow(request: FollowRequest, answer: (answer: FollowAnswer) => void): void
  seen(message: SeenMessage): void
}

export type ServerToClient = {
  events(message: EventsMessage): void
  head(message: HeadMessage): void
  audience(message: AudienceMessage): void
  leaving(message: LeavingMessage): void
  /** To the pages that were opened with a session, as it ends; then the socket is closed. */
  'session-ended'(): void
}
