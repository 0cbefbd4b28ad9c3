import type { FollowRequest } from './contract.ts'
import { answerWithinMs, getJson } from './get-json.ts'
import { socketPath } from './pulse.ts'
import { isAudienceMessage, isCatchUp, isEventsMessage, isFollowAnswer, isHeadMessage, isUpdatePage, isView } from './readable.ts'
import type { Channel, ChannelHandlers, Transport } from './transport.ts'

const greetedWithinMs = 6_000

type As = FollowRequest['as']

/**
 * The way to the server over the network: Socket.IO, websocket only, and fetch. `as` is who follows. `base` is the server's
 * address; empty in a page, which talks to where it came from. The socket's code is loaded with the first socket, after the page is readable.
 */
export function networkTransport(slug: string, as: As, base = ''): Transport {
  const story = `${base}/api/stories/${encodeURIComponent(slug)}`
  return {
    openChannel: (handlers) => openChannel(slug, as, base, handlers),
    async fetchEvents(epoch, after) {
      const json = await getJson(`${story}/events?epoch=${epoch}&after=${after}`)
      if (json === 'gone' || json === null) return json
      return isCatchUp(json.value) ? json.value : { epoch, head: after, reset: true }
    },
    async fetchView({ show, around }) {
      const json = await getJson(`${story}?${query({ show: show === 'all' ? undefined : show, around })}`)
      if (json === 'gone' || json === null) return json
      return isView(json.value) ? json.value : null
    },
    async fetchPage(side, cursor, show) {
      const place = side === 'older' ? { before: cursor } : { after: cursor }
      const json = await getJson(`${story}/updates?${query({ ...place, show: show === 'all' ? undefined : show })}`)
      return json !== 'gone' && json !== null && isUpdatePage(json.value) ? json.value : null
    },
  }
}

function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return new URLSearchParams(given).toString()
}

function openChannel(slug: string, as: As, base: string, handlers: ChannelHandlers): Channel {
  let isClosed = false
  let isAsked = false
  const close = () => {
    isClosed = true
    void opening.then((socket) => socket?.disconnect())
  }
  const closedByOther = () => {
    if (isClosed) return
    close()
    handlers.onClosed()
  }

  const open = async () => {
    const { io } = await import('socket.io-client')
    if (isClosed) return null
    const socket = io(base, { path: socketPath, transports: ['websocket'], reconnection: false, forceNew: true, timeout: greetedWithinMs })
    // After `close` nothing may come any more, though messages may be on their way.
    const whileOpen =
      <Value>(isReadable: (message: unknown) => message is Value, handle: (message: Value) => void) =>
      (message: unknown) => {
        if (isClosed) return
        if (isReadable(message)) handle(message)
        else handlers.onUnreadable()
      }
    socket.on('connect', () => !isClosed && handlers.onOpen())
    socket.on('connect_error', closedByOther)
    socket.on('disconnect', closedByOther)
    // A connection that is closed before it was greeted is known to the engine alone.
    socket.io.engine.on('close', closedByOther)
    socket.on('events', whileOpen(isEventsMessage, handlers.onEvents))
    socket.on('head', whileOpen(isHeadMessage, handlers.onHead))
    socket.on(
      'audience',
      whileOpen(isAudienceMessage, ({ readers }) => handlers.onReaders(readers)),
    )
    return socket
  }
  const opening = open().catch(() => {
    // The socket's code could not be loaded: there's no network, which is what a socket would have found too.
    queueMicrotask(closedByOther)
    return null
  })

  return {
    close,
    async follow(epoch, after) {
      const socket = await opening
      try {
        const answer: unknown = await socket?.timeout(answerWithinMs).emitWithAck('follow', { story: slug, epoch, after, as })
        isAsked = isFollowAnswer(answer) && answer.ok && answer.confirm === true
        return isFollowAnswer(answer) ? answer : { ok: true, epoch, head: after, reset: true }
      } catch {
        // The socket broke or nothing was answered in time.
        return null
      }
    },
    seen(after, seq) {
      if (isAsked) void opening.then((socket) => socket?.emit('seen', { story: slug, after, seq }))
    },
  }
}
