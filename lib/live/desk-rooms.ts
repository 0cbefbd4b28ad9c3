import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readNotice } from '#lib/db/notice.ts'
import type { Store } from '#lib/db/store.ts'
import { type Colleague, colleague, type DeskAnswer, deskRequest } from './desk-contract.ts'
import type { HubServer, HubSocket, Report } from './hub-socket.ts'

/** Whoever may see the desk of a story, and the story's id; null for everybody else. */
export type Admit = (
  headers: HubSocket['handshake']['headers'],
  slug: string,
) => Promise<{ storyId: string; person: { id: string; name: string } } | null>

export type DeskRooms = {
  stop(): Promise<void>
}

type Timing = {
  /** Between two times that each process says who is at its desks, in ms. */
  readonly sayMs: number
  /** After so long without a word a process is taken to be gone, and its desks with it. */
  readonly forgetMs: number
  /** Between two times that it is asked whether those at the desks may still see them. */
  readonly admitAgainMs: number
}

type OpenDesk = { readonly socket: HubSocket; readonly slug: string; readonly storyId: string; readonly desk: Colleague }

/** What a process says to the others; PostgreSQL carries at most 8000 bytes of it. */
const said = z.object({ process: z.string(), story: z.string(), desks: z.array(colleague) })
const mostSaid = 7_900

function sayable({ desks, ...rest }: z.infer<typeof said>): string {
  const text = JSON.stringify({ ...rest, desks })
  return Buffer.byteLength(text) <= mostSaid ? text : sayable({ ...rest, desks: desks.slice(0, -1) })
}

/**
 * The rooms of the desks: who has a story's desk open, what they are changing there, and the word that something was written.
 * Each process knows its own desks and says so to the others by a notice, again and again; nothing of it is stored, and one that
 * falls silent is forgotten.
 */
export async function startDeskRooms(
  io: HubServer,
  store: Store,
  admit: Admit,
  report: Report,
  { sayMs = 10_000, forgetMs = 25_000, admitAgainMs = 60_000 }: Partial<Timing> = {},
): Promise<DeskRooms> {
  const here = randomUUID()
  /** By socket id and story. */
  const open = new Map<string, OpenDesk>()
  /** What the other processes have said last, by process and story. */
  const elsewhere = new Map<string, { story: string; desks: readonly Colleague[]; at: number }>()

  const desksHere = (slug: string) => [...open.values()].flatMap((each) => (each.slug === slug ? each.desk : []))
  const tell = (slug: string) => {
    const others = [...elsewhere.values()].flatMap(({ story, desks }) => (story === slug ? desks : []))
    io.to(room(slug)).emit('colleagues', { story: slug, desks: [...desksHere(slug), ...others] })
  }
  const say = (slug: string) => {
    tell(slug)
    store
      .sayDesks(sayable({ process: here, story: slug, desks: desksHere(slug) }))
      .catch((error: unknown) => report('telling of open desks failed', error))
  }

  const enter = async (socket: HubSocket, request: unknown): Promise<DeskAnswer> => {
    const parsed = deskRequest.safeParse(request)
    if (!parsed.success) return { ok: false, reason: 'invalid' }
    const { story: slug, editing } = parsed.data
    const name = `${socket.id} ${slug}`
    // Asked each time: what somebody may see can have changed since.
    const admitted = await admitNow(socket, slug)
    const known = open.get(name)
    if (!admitted || !socket.connected) {
      leave(name)
      return { ok: false, reason: 'not-allowed' }
    }
    const key = known?.desk.key ?? randomUUID()
    const since = known && known.desk.editing === editing ? known.desk.since : new Date().toISOString()
    // Before it joins, so that a change of access from now on finds it.
    open.set(name, { socket, slug, storyId: admitted.storyId, desk: { key, ...admitted.person, editing, since } })
    await socket.join([room(slug), storyRoom(admitted.storyId)])
    say(slug)
    return { ok: true, key }
  }

  /** How many changes of access were heard of here. */
  let accessChanges = 0
  /** Asks whether a socket may see a desk; again if something has changed while that was asked. */
  const admitNow = async ({ handshake }: HubSocket, slug: string): ReturnType<Admit> => {
    for (;;) {
      const before = accessChanges
      const admitted = await admit(handshake.headers, slug)
      if (before === accessChanges) return admitted
    }
  }

  const leave = (name: string) => {
    const left = open.get(name)
    if (!left) return
    open.delete(name)
    void left.socket.leave(room(left.slug))
    void left.socket.leave(storyRoom(left.storyId))
    say(left.slug)
  }

  /**
   * Asks again whether a desk may be seen. It hears nothing of the story until that is answered, and is told in any case, so that its page
   * reads what it may see now.
   */
  const readmit = async (name: string, { socket, slug, storyId }: OpenDesk): Promise<void> => {
    const rooms = [room(slug), storyRoom(storyId)]
    for (const each of rooms) void socket.leave(each)
    const admitted = await admitNow(socket, slug)
    // It may have left meanwhile, or opened the desk again, which has asked too.
    if (open.get(name)?.socket !== socket) return
    if (admitted) await socket.join(rooms)
    else leave(name)
    socket.emit('access-changed', { story: slug })
  }

  /** What a desk says is heard in the order in which it says it. */
  const turns = new WeakMap<HubSocket, Promise<void>>()

  // One function for all sockets, most of which are no desks: one for each would stay in memory for each.
  function onDesk(this: HubSocket, request: unknown, answer: unknown): void {
    if (typeof answer !== 'function') return
    const heard = async () => {
      try {
        answer(await enter(this, request))
      } catch (error) {
        report('a desk could not be opened', error)
        answer({ ok: false, reason: 'busy' } satisfies DeskAnswer)
      }
    }
    turns.set(this, (turns.get(this) ?? Promise.resolve()).then(heard))
  }

  function onDisconnect(this: HubSocket): void {
    for (const [name, each] of open) if (each.socket === this) leave(name)
  }

  io.on('connection', (socket) => {
    socket.on('desk', onDesk)
    socket.on('disconnect', onDisconnect)
  })

  const stopHearing = await store.onDesksSaid((payload) => {
    const heard = said.safeParse(readNotice(payload))
    if (!heard.success || heard.data.process === here) return
    const { process, story, desks } = heard.data
    elsewhere.set(`${process} ${story}`, { story, desks, at: performance.now() })
    tell(story)
  })
  const stopListening = await store.onDesk((storyId) => io.to(storyRoom(storyId)).emit('written', { story: storyId }))

  const stopHearingOfAccess = await store.onAccessChanged(({ personId, storyId }) => {
    accessChanges += 1
    for (const [name, each] of open) {
      if (each.desk.id !== personId || (storyId !== null && each.storyId !== storyId)) continue
      readmit(name, each).catch((error: unknown) => {
        report('admitting a desk again failed', error)
        leave(name)
      })
    }
  })

  const timer = setInterval(() => {
    for (const slug of new Set([...open.values()].map((each) => each.slug))) say(slug)
    for (const [name, { story, at }] of elsewhere) {
      if (performance.now() - at < forgetMs) continue
      elsewhere.delete(name)
      tell(story)
    }
  }, sayMs)

  const admitAgain = async () => {
    for (const [name, { socket, slug }] of open) {
      if (await admit(socket.handshake.headers, slug)) continue
      leave(name)
      socket.emit('access-changed', { story: slug })
    }
  }
  const admitting = setInterval(() => void admitAgain().catch((error: unknown) => report('admitting desks again failed', error)), admitAgainMs)

  return {
    async stop() {
      clearInterval(timer)
      clearInterval(admitting)
      await Promise.all([stopHearing(), stopListening(), stopHearingOfAccess()])
    },
  }
}

function room(slug: string): string {
  return `desk:${slug}`
}

/** What was written is told by the story's id. */
function storyRoom(storyId: string): string {
  return `desk-of:${storyId}`
}
