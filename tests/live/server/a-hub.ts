import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Store } from '#lib/db/store.ts'
import { type HubOptions, startHub } from '#lib/live/hub.ts'
import type { Meter } from '#lib/live/hub-socket.ts'
import { openSocketServer } from '#lib/live/socket-server.ts'

// Browsers have it, and Node from 22 on.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket

type Asked = { readonly origins?: readonly string[]; readonly answer?: RequestListener }

/** A hub with its sockets on a port of its own, until the test is over; what else is asked there is for `answer`. */
export async function openHub(store: Store, options: Partial<HubOptions> = {}, { origins = [], answer }: Asked = {}) {
  const problems: unknown[] = []
  const httpServer = createServer(answer)
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  const io = openSocketServer(httpServer, origins)
  const measured = { sent: [] as [events: number, followers: number][], mostBehind: 0 }
  const meter: Meter = {
    sent: (events, followers) => measured.sent.push([events.length, followers]),
    behind(events) {
      measured.mostBehind = Math.max(measured.mostBehind, events)
    },
    caughtUp() {},
    cut() {},
    waiting() {},
  }
  const hub = await startHub(io, store, (what, error) => problems.push(what, error), { meter, ...options })
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`
  onTestFinished(async () => {
    await hub.stop()
    await io.close()
  })
  return { hub, url, io, problems, measured }
}
