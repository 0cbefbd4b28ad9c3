import type { watchAdmission } from './admission.ts'
import type { Confirmations } from './confirmations.ts'
import { type FollowAnswer, type FollowRequest, followRequest, seenMessage } from './contract.ts'
import { EncodedAnswer } from './encoded-answer.ts'
import type { HubSocket, Report } from './hub-socket.ts'
import type { IdleSockets } from './idle-sockets.ts'
import { messageLimit } from './message-limit.ts'
import type { readerRooms } from './reader-rooms.ts'
import { bytesWaiting, type SlowLimits } from './slow-readers.ts'
import type { StoryTail } from './story-tail.ts'

/** A reader that isn't let in asks by HTTP, where an edge answers, so often; and tries again after so long, give or take a half; in ms. */
const askedInstead = { pollEveryMs: 10_000, retryAfterMs: 60_000 }

/** Stories that one socket may follow at once. A page needs one. */
const mostFollowed = 20
/** What one socket may send. */
const socketMessages = { maxOfSocket: 40, windowMs: 10_000 }
/** Of what a socket missed, in the same window; the last answer may go beyond. */
const mostCaughtUpBytes = 256 * 1024

type Surroundings = {
  readonly rooms: ReturnType<typeof readerRooms>
  readonly idle: IdleSockets
  readonly admission: ReturnType<typeof watchAdmission>
  readonly confirmations: Confirmations
  readonly settings: Pick<SlowLimits, 'slowBytes'> & {
    readonly maxMessagesOfNetwork: number
    readonly isSignedIn: (socket: HubSocket) => Promise<boolean>
  }
  readonly report: Report
  /** The tail of a story, which is opened if nobody follows it here yet; null if readers can't see it. */
  readonly tailOf: (slug: string) => Promise<StoryTail | null>
  readonly closeIfEmpty: (tail: StoryTail) => void
  /** All that are open. */
  readonly tails: () => Iterable<StoryTail>
}

type Handlers = {
  /** Called for every message, before its own handler. */
  hear(this: HubSocket, name: string, message: unknown, answer: unknown): void
  onFollow(this: HubSocket, request: unknown, answer: unknown): Promise<void>
}

/** Returns the handlers for readers' messages: requests to follow a story, and confirmations that updates are on the screen. */
export function answerReaders({ rooms, idle, admission, confirmations, settings, report, tailOf, closeIfEmpty, tails }: Surroundings): Handlers {
  const isTooManyMessages = messageLimit({ ...socketMessages, maxOfNetwork: settings.maxMessagesOfNetwork })

  const follow = async (socket: HubSocket, { story: slug, epoch, after, as }: FollowRequest): Promise<FollowAnswer | EncodedAnswer> => {
    // Who was told much already, or doesn't take it, is told no more for now.
    const isTold = (socket.data.caughtUpBytes ?? 0) > mostCaughtUpBytes || bytesWaiting(socket) > settings.slowBytes
    if (after !== undefined && isTold) return { ok: false, reason: 'busy' }
    // Join first, read after: what is published in between comes twice, and the reader drops it; the other way it would be lost.
    await rooms.join(socket, slug, as !== 'desk' && as !== 'list')
    const tail = await tailOf(slug)
    if (!tail) {
      await rooms.leave(socket, slug)
      return { ok: false, reason: 'no-such-story' }
    }
    if (!socket.connected) closeIfEmpty(tail)
    idle.isUsed(socket)
    const missed = after === undefined ? { epoch: tail.epoch, head: tail.head, events: '[]' } : await tail.since(epoch ?? tail.epoch, after)
    // Asked last, so that the answer is there before the first event that it is about.
    const isAsked = as === 'reader' && socket.connected && confirmations.ask(tail, socket.id)
    const confirm = isAsked ? ({ confirm: true } as const) : {}
    if ('reset' in missed) return { ok: true, ...missed, ...confirm }
    const { events, ...position } = missed
    socket.data.caughtUpBytes = (socket.data.caughtUpBytes ?? 0) + events.length
    return new EncodedAnswer(`${JSON.stringify({ ok: true, ...position, ...confirm }).slice(0, -1)},"events":${events}}`)
  }

  /** Whether a reader confirms what it was asked to. */
  const isConfirmed = (socket: HubSocket, message: unknown): boolean => {
    const parsed = seenMessage.safeParse(message)
    if (!parsed.success) return false
    const tail = [...tails()].find(({ slug }) => slug === parsed.data.story)
    return tail !== undefined && confirmations.seen(tail, socket.id, parsed.data)
  }

  // One function for all sockets: one for each would stay in memory for each. Socket.IO calls them with the socket as `this`.

  /** Every message passes here first, those that nobody has a handler for as well. */
  function hear(this: HubSocket, name: string, message: unknown, answer: unknown): void {
    // There are never more of these than events, so they don't count; those that confirm nothing do.
    if (name === 'seen' && isConfirmed(this, message)) return
    if (isTooManyMessages(this.data)) this.disconnect(true)
    else if (name !== 'follow' && name !== 'desk' && typeof answer === 'function') answer({ ok: false, reason: 'unknown-message' })
  }

  async function onFollow(this: HubSocket, request: unknown, answer: unknown): Promise<void> {
    if (typeof answer !== 'function') return
    const say = (said: FollowAnswer | EncodedAnswer) => answer(said)
    const parsed = followRequest.safeParse(request)
    if (!parsed.success) return say({ ok: false, reason: 'invalid' })
    const { story, as } = parsed.data
    // Desks are few, and what they are for can't be done without; and only those who are signed in have one.
    if (!rooms.hasAny(this) && admission.isFull() && !(as === 'desk' && (await settings.isSignedIn(this)))) {
      say({ ok: false, reason: 'full', ...askedInstead })
      this.disconnect(true)
      return
    }
    if (this.rooms.size > mostFollowed && !rooms.has(this, story)) return say({ ok: false, reason: 'busy' })
    try {
      say(await inTurn(this, () => follow(this, parsed.data)))
    } catch (error) {
      report('a reader could not follow', error)
      await rooms.leave(this, story)
      say({ ok: false, reason: 'busy' })
    }
  }

  return { hear, onFollow }
}

/** Runs it when what that socket has asked for before is done. */
async function inTurn<Answer>({ data }: HubSocket, work: () => Promise<Answer>): Promise<Answer> {
  const before = data.turn ?? Promise.resolve()
  const answer = before.then(work)
  const turn = answer.then(
    () => {},
    () => {},
  )
  data.turn = turn
  await turn
  if (data.turn === turn) data.turn = undefined
  return answer
}
