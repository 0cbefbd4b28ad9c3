import { setTimeout as wait } from 'node:timers/promises'
import type { Member } from './member.ts'

const shortestWaitMs = 100
const longestWaitMs = 10_000

/** Processes that do the same, any of which can answer. */
export type Team = {
  /** Starts them all at once, and answers when all serve; throws if one can't. */
  start(): Promise<void>
  /** The ports of those that serve, the one whose turn it is first. */
  ports(): readonly number[]
  /** Asks each to drain and answers when all have ended; asked for again, they stop at once. */
  stop(): Promise<void>
}

/** Where one process belongs, and the one that has it. */
type Place = { readonly name: string; member: Member | null }

/** Keeps a process in each place: one that ends by itself is started anew, after a wait that doubles as long as none gets to serve. */
export function openTeam(names: readonly string[], startMember: (name: string) => Promise<Member>): Team {
  const places: Place[] = names.map((name) => ({ name, member: null }))
  const running = new Set<Member>()
  const serving = new Set<Member>()
  let isStopping = false
  let turn = 0

  /** Starts one, which takes the place once it serves; answers whether it came to that. */
  const fill = async (place: Place): Promise<boolean> => {
    const member = await startMember(place.name)
    running.add(member)
    void member.ended.then(() => {
      running.delete(member)
      serving.delete(member)
      if (place.member === member) void refill(place)
    })
    if (isStopping) member.end()
    if (!(await member.serves) || !running.has(member)) return false
    place.member = member
    serving.add(member)
    return true
  }

  const refill = async (place: Place): Promise<void> => {
    for (let waitMs = shortestWaitMs; !isStopping; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      await wait(waitMs)
      if (isStopping || (await fill(place))) return
    }
  }

  return {
    async start() {
      const begin = async (place: Place) => {
        if (!(await fill(place)) && !isStopping) throw new Error(`${place.name} could not start.`)
      }
      await Promise.all(places.map(begin))
    },
    ports() {
      const ports = [...serving].map(({ port }) => port)
      turn = (turn + 1) % Math.max(ports.length, 1)
      return [...ports.slice(turn), ...ports.slice(0, turn)]
    },
    async stop() {
      isStopping = true
      for (const member of running) member.end()
      while (running.size > 0) await Promise.all([...running].map(({ ended }) => ended))
    },
  }
}
