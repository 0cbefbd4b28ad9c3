'use client'

import type { Socket } from 'socket.io-client'
import type { ServerToClient } from '#lib/live/contract.ts'
import { type Colleague, colleaguesMessage, type DeskToServer, deskAnswer, type ServerToDesk } from '#lib/live/desk-contract.ts'
import { observed } from '#lib/live/observed.ts'
import { socketPath } from '#lib/live/pulse.ts'

export type DeskChannel = {
  /** The other desks that are open on the story, this person's own in other windows too. */
  readonly others: { get(): readonly Colleague[]; subscribe(listener: () => void): () => void }
  /** Says what is being changed here. */
  setEditing(id: string | null): void
  /** Opens it, and keeps it open; answers how to close it. */
  start(): () => void
}

/** Desks of a newsroom that were all closed at once don't all come back at once. */
const againMs = 1_000

/**
 * A desk's own socket, beside the one by which it follows the story as readers do: says that somebody is here and what they are
 * changing, hears who else is, and that something was written. Losing it loses nothing but that: whatever was written meanwhile is
 * read when it is back.
 */
export function createDeskChannel(story: string, onWritten: () => void): DeskChannel {
  const others = observed<readonly Colleague[]>([])
  let socket: Socket<ServerToDesk & Pick<ServerToClient, 'session-ended' | 'leaving'>, DeskToServer> | null = null
  let editing: string | null = null
  let key: string | null = null
  let desks: readonly Colleague[] = []

  const show = () => others.set(key === null ? [] : desks.filter((desk) => desk.key !== key))
  const enter = () =>
    socket?.emit('desk', { story, editing }, (answer: unknown) => {
      const read = deskAnswer.safeParse(answer)
      key = read.success && read.data.ok ? read.data.key : null
      show()
    })
  const open = async (isOver: () => boolean) => {
    const { io } = await import('socket.io-client')
    if (isOver()) return
    socket = io({ path: socketPath, transports: ['websocket'], forceNew: true })
    socket.on('connect', () => {
      void enter()
      onWritten()
    })
    socket.on('disconnect', (reason) => {
      key = null
      show()
      // Closed with the session: the next one has the cookie that the browser has by then.
      if (reason === 'io server disconnect') setTimeout(() => !isOver() && socket?.connect(), againMs)
    })
    socket.on('leaving', ({ within }) => setTimeout(() => !isOver() && socket?.disconnect().connect(), Math.random() * within))
    // Whoever reads the desk now is told that nobody is signed in.
    socket.on('session-ended', onWritten)
    socket.on('written', onWritten)
    socket.on('access-changed', () => {
      void enter()
      onWritten()
    })
    socket.on('colleagues', (message) => {
      const read = colleaguesMessage.safeParse(message)
      if (!read.success) return
      desks = read.data.desks
      show()
    })
  }

  return {
    others,
    setEditing(id) {
      editing = id
      if (socket?.connected) void enter()
    },
    start() {
      let isOver = false
      // Without the code of the socket the desk looks for itself from time to time, as it does without a socket.
      open(() => isOver).catch(() => {})
      return () => {
        isOver = true
        socket?.disconnect()
        socket = null
      }
    },
  }
}
