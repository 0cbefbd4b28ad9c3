import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { cpuBudget } from '#lib/limits/cpu-budget.ts'
import { type FairLimit, fairLimit, type Ticket } from '#lib/limits/fair-limit.ts'

/** Pages and API calls of a few milliseconds each. */
const usual = { max: 4, maxOfKey: 2, maxWaiting: 1_000, maxWaitingOfKey: 100, maxWaitMs: 10_000 }
/** Pages that read many events or render much: up to about 0.1 s each. */
const heavy = { max: 2, maxOfKey: 1, maxWaiting: 200, maxWaitingOfKey: 20, maxWaitMs: 10_000 }
/** Pages and API calls of somebody who is signed in. */
const signedIn = { max: 16, maxOfKey: 4, maxWaiting: 1_000, maxWaitingOfKey: 50, maxWaitMs: 10_000 }
/** Writes without a session: nearly all of them end in a refusal, which costs as much as a page. */
const strangers = { max: 64, maxOfKey: 2, maxWaiting: 1_000, maxWaitingOfKey: 100, maxWaitMs: 10_000 }
/** Pictures, which have limits of their own behind this one. */
const pictures = { max: 64, maxOfKey: 8, maxWaiting: 2_000, maxWaitingOfKey: 200, maxWaitMs: 20_000 }
/** The pieces of downloads; and downloads that are open at the same time, each of which holds some events. */
const pieces = { max: 1, maxOfKey: 1, maxWaiting: 50, maxWaitingOfKey: 5, maxWaitMs: 100_000 }
const downloads = { max: 50, maxOfKey: 5, maxWaiting: 0, maxWaitingOfKey: 0, maxWaitMs: 0 }

/** What one network may use of the event loop before it waits for the others, and what somebody may who is signed in. */
const networkBudget = { maxShare: 0.1, burstMs: 150 }
const personBudget = { maxShare: 0.5, burstMs: 2_000 }

const heavyPaths = /^\/(?:stories\/[^/]+\/(?:at|compare|replay|search)|api\/stories\/[^/]+\/(?:changes|log))(?:\/|$)/

export type UncachedWork = {
  /** For answers that are kept once they are made. */
  readonly shared: FairLimit
  /**
   * Waits for a slot in which to answer a request on behalf of `network`, and gives it back as soon as the answer begins to be sent, so that
   * slow connections hold none. False if the request should be refused, or the client has gone. Writes of people who are signed in aren't
   * limited here.
   */
  admit(request: IncomingMessage, response: ServerResponse, network: string): Promise<boolean>
  /** For each piece of a long answer. */
  readonly pieces: FairLimit
  /** For long answers, from their beginning to their end. */
  readonly downloads: FairLimit
}

/**
 * Limits how many requests are worked on at once, fairly by network; responses from memory aren't limited. `sessionMarkIn` names
 * the session of a cookie, which may have ended: somebody who is signed in doesn't share the limits of their network.
 */
export function limitUncachedWork(sessionMarkIn: (cookie: string | undefined) => string | null): UncachedWork {
  const mayAdmit = whileHalfIdle()
  const ofNetworks = { mayAdmit, budget: cpuBudget(networkBudget) }
  const usualWork = fairLimit({ ...usual, ...ofNetworks })
  const heavyWork = fairLimit({ ...heavy, ...ofNetworks })
  const writesOfStrangers = fairLimit({ ...strangers, ...ofNetworks })
  const pictureWork = fairLimit({ ...pictures, ...ofNetworks })
  const workOfPeople = fairLimit({ ...signedIn, mayAdmit, budget: cpuBudget(personBudget) })
  /** Null if the request waits for nobody. */
  const ticketFor = (method: string | undefined, path: string, cookie: string | undefined, network: string): Ticket | null => {
    if (path.startsWith('/media/')) return pictureWork.enter(network)
    const isWrite = method !== 'GET' && method !== 'HEAD'
    const mark = sessionMarkIn(cookie)
    if (mark !== null) return isWrite ? null : workOfPeople.enter(mark)
    return (isWrite ? writesOfStrangers : heavyPaths.test(path) ? heavyWork : usualWork).enter(network)
  }
  return {
    shared: usualWork,
    pieces: fairLimit({ ...pieces, mayAdmit }),
    downloads: fairLimit(downloads),
    async admit({ method, url = '', headers }, response, network) {
      const ticket = ticketFor(method, url.split('?', 1)[0] ?? '', headers.cookie, network)
      if (ticket === null) return true
      const { admitted, release } = ticket
      response.once('close', release)
      onceSending(response, release)
      return admitted
    },
  }
}

/** The longest pause between two admissions, however busy the process is. */
const maxRestMs = 250

/**
 * Returns a function that says no until the event loop was idle for half of the time since the last yes. Queued requests then leave room
 * for live deliveries and writes, each of which takes several turns of the loop.
 */
function whileHalfIdle(): () => boolean {
  let last = performance.eventLoopUtilization()
  let at = performance.now()
  return () => {
    const { utilization } = performance.eventLoopUtilization(last)
    if (utilization > 0.5 && performance.now() - at < maxRestMs) return false
    last = performance.eventLoopUtilization()
    at = performance.now()
    return true
  }
}

/** Calls `notice` as the response's headers are written. */
function onceSending(response: ServerResponse, notice: () => void): void {
  const writeHead: ServerResponse['writeHead'] = response.writeHead.bind(response)
  Object.assign(response, {
    writeHead(...given: Parameters<typeof writeHead>) {
      notice()
      return writeHead(...given)
    },
  })
}
