import type { FollowRequest } from './contract.ts'
import { answerWithinMs, getJson } from './get-json.ts'
import { isAudienceMessage, isCatchUp, isEventsMessage, isFollowAnswer, isHeadMessage, isLeavingMessage, isUpdatePage, isView } from './readable.ts'
import type { Channel, ChannelHandlers, Transport } from './transport.ts'

type As = FollowRequest['as']

/**
 * The way to the server over the network: a websocket, and fetch. `as` is who follows. `base` is the server's
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
    void opening.then((socket) => socket?.close())
  }
  const closedByOther = () => {
    if (isClosed) return
    close()
    handlers.onClosed()
  }
  const read = <Value>(message: unknown, isReadable: (message: unknown) => message is Value, handle: (message: Value) => void) =>
    isReadable(message) ? handle(message) : handlers.onUnreadable()

  const open = async () => {
    const { openSocket } = await import('./plain-socket.ts')
    if (isClosed) return null
    return openSocket(base, {
      onOpen: handlers.onOpen,
      onMessage(name, message) {
        if (name === 'events') read(message, isEventsMessage, handlers.onEvents)
        else if (name === 'head') read(message, isHeadMessage, handlers.onHead)
        else if (name === 'leaving') read(message, isLeavingMessage, ({ within }) => handlers.onLeaving(within))
        else if (name === 'audience') read(message, isAudienceMessage, ({ readers }) => handlers.onReaders(readers))
      },
      onClosed: closedByOther,
    })
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
      const answer = await socket?.ask('follow', { story: slug, epoch, after, as }, answerWithinMs)
      // The socket broke, or nothing was answered in time.
      if (answer === undefined) return null
      isAsked = isFollowAnswer(answer) && answer.ok && answer.confirm === true
      return isFollowAnswer(answer) ? answer : { ok: true, epoch, head: after, reset: true }
    },
    seen(after, seq) {
      if (isAsked) void opening.then((socket) => socket?.send('seen', { story: slug, after, seq }))
    },
  }
}
