import { socketPath } from './pulse.ts'

// The part of the Socket.IO protocol (5, over Engine.IO 4) that a readers' page needs, in a tenth of the code of the library: one
// websocket, the one namespace, text. Reconnecting is the link's. Readers are many, and read on phones; the desk has the library.

export type SocketHandlers = {
  /** The server has let us in. */
  onOpen(): void
  onMessage(name: string, message: unknown): void
  /** It never opened, was silent for too long, broke, or was closed by the other side; nothing comes after it. */
  onClosed(): void
}

export type PlainSocket = {
  send(name: string, message: unknown): void
  /** The server's answer; undefined if none comes within so many ms, or the socket is over. */
  ask(name: string, message: unknown, withinMs: number): Promise<unknown>
  /** Closes it; nothing is called any more. */
  close(): void
}

/** How a text begins: the packet of Engine.IO, and of Socket.IO within its messages. */
const [opened, closed, ping, pong, message] = ['0', '1', '2', '3', '4']
const [connect, disconnect, event, answer, refused] = ['0', '1', '2', '3', '4']

/**
 * Opens a socket to the server at `base`, or to where the page came from, which has so many ms to let us in. Handlers are never called
 * before this has answered.
 */
export function openSocket(base: string, { onOpen, onMessage, onClosed }: SocketHandlers, greetedWithinMs = 6_000): PlainSocket {
  const { origin } = new URL(base || window.location.origin)
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${socketPath}?EIO=4&transport=websocket`)
  const waiting = new Map<number, (answered: unknown) => void>()
  let asked = 0
  let isOver = false
  let patienceMs = greetedWithinMs
  /** How long the server may be silent, by what it says of itself. */
  let betweenPingsMs = greetedWithinMs
  let silence: ReturnType<typeof setTimeout> | undefined

  const listen = () => {
    clearTimeout(silence)
    silence = setTimeout(lost, patienceMs)
  }
  const end = () => {
    isOver = true
    clearTimeout(silence)
    for (const answerNothing of waiting.values()) answerNothing(undefined)
    waiting.clear()
    socket.close()
  }
  const lost = () => {
    if (isOver) return
    end()
    onClosed()
  }
  const say = (packet: string) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(packet)
  }

  const hear = (text: string) => {
    const [engine, kind] = text
    if (engine === opened) {
      const { pingInterval, pingTimeout } = JSON.parse(text.slice(1))
      // Until it says that we are in, the first patience goes on.
      betweenPingsMs = pingInterval + pingTimeout
      say(message + connect)
    } else if (engine === ping) {
      listen()
      say(pong + text.slice(1))
    } else if (engine === closed || (engine === message && (kind === disconnect || kind === refused))) lost()
    else if (engine === message && kind === connect) {
      patienceMs = betweenPingsMs
      listen()
      onOpen()
    } else if (engine === message && (kind === event || kind === answer)) deliver(kind, text.slice(2))
  }
  const deliver = (kind: string, rest: string) => {
    const start = rest.indexOf('[')
    const said: unknown[] = JSON.parse(rest.slice(start))
    if (kind === event) return onMessage(String(said[0]), said[1])
    const id = Number(rest.slice(0, start))
    waiting.get(id)?.(said[0])
    waiting.delete(id)
  }

  socket.onmessage = ({ data }) => {
    if (!isOver && typeof data === 'string') hear(data)
  }
  socket.onclose = lost
  socket.onerror = lost
  listen()

  return {
    send: (name, sent) => say(`${message}${event}${JSON.stringify([name, sent])}`),
    ask: (name, sent, withinMs) =>
      new Promise((resolve) => {
        if (isOver) return resolve(undefined)
        asked += 1
        const id = asked
        const late = setTimeout(() => {
          waiting.delete(id)
          resolve(undefined)
        }, withinMs)
        waiting.set(id, (answered) => {
          clearTimeout(late)
          resolve(answered)
        })
        say(`${message}${event}${id}${JSON.stringify([name, sent])}`)
      }),
    close() {
      if (isOver) return
      say(message + disconnect)
      end()
    },
  }
}
