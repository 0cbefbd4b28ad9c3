import type { HubServer, HubSocket, Meter } from './hub-socket.ts'

/** The room of those that get no events at the moment, in which they are told where the logs stand and nothing else. */
export const slowRoom = 'slow'

export type SlowLimits = {
  /** Of what waits to be sent to one reader, in bytes: beyond the first it gets no more events, beyond the second it is cut. */
  readonly slowBytes: number
  readonly cutBytes: number
  /** For so long it may be slow, in ms. */
  readonly slowMs: number
  /** Between two looks at all sockets, in ms. */
  readonly lookMs: number
}

/**
 * Keeps those that read slowly, or not at all, from filling the memory: whoever is far behind gets no events, and by the next heartbeat
 * knows that it lacks some; once it has caught up with what waits for it, it is told so at once by `onCaughtUp`, and gets events again.
 * Whoever doesn't, is cut, and comes back when it can. Looks at each socket's buffers once in a while, which costs the same for each
 * and nothing when something is sent. Answers how to stop it.
 */
export function watchSlowReaders(
  io: HubServer,
  { slowBytes, cutBytes, slowMs, lookMs }: SlowLimits,
  onCaughtUp: (socket: HubSocket) => void,
  meter: Pick<Meter, 'cut' | 'waiting'>,
): () => void {
  /** Since when somebody is slow, in ms since the process began: the clock may be set. */
  const slowSince = new Map<string, number>()
  /** Answers how many bytes wait for it. */
  const look = (socket: HubSocket, now: number): number => {
    const waiting = bytesWaiting(socket)
    const since = slowSince.get(socket.id)
    if (waiting > cutBytes || (since !== undefined && now - since > slowMs && waiting > 0)) {
      slowSince.delete(socket.id)
      cut(socket)
      meter.cut()
    } else if (since === undefined && waiting > slowBytes) {
      slowSince.set(socket.id, now)
      void socket.join(slowRoom)
    } else if (since !== undefined && waiting === 0) {
      slowSince.delete(socket.id)
      void socket.leave(slowRoom)
      onCaughtUp(socket)
    }
    return waiting
  }
  const timer = setInterval(() => {
    const now = performance.now()
    const { sockets } = io.of('/')
    let waiting = 0
    for (const socket of sockets.values()) waiting += look(socket, now)
    meter.waiting(waiting)
    for (const id of slowSince.keys()) if (!sockets.has(id)) slowSince.delete(id)
  }, lookMs)
  return () => clearInterval(timer)
}

/** What the libraries below keep for a socket, as far as they say so. */
type Buffers = {
  readonly writeBuffer?: readonly { readonly data?: unknown; readonly options?: { readonly wsPreEncodedFrame?: readonly Uint8Array[] } }[]
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number; terminate?(): void } }
}

function buffersOf(socket: HubSocket): Buffers {
  return socket.conn as unknown as Buffers
}

/** What waits to be sent to a socket, in bytes. */
export function bytesWaiting(socket: HubSocket): number {
  const { writeBuffer = [], transport } = buffersOf(socket)
  let bytes = transport?.socket?.bufferedAmount ?? 0
  for (const { data, options } of writeBuffer) {
    bytes += options?.wsPreEncodedFrame?.reduce((sum, { length }) => sum + length, 0) ?? (typeof data === 'string' ? data.length : 0)
  }
  return bytes
}

/** At once: asked to close, it would first be sent what waits. */
function cut(socket: HubSocket): void {
  buffersOf(socket).transport?.socket?.terminate?.()
}
