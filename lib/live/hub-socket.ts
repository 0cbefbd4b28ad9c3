import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { StoryEvent } from '#lib/story/event.ts'
import type { ClientToServer, ServerToClient } from './contract.ts'
import type { DeskToServer, ServerToDesk } from './desk-contract.ts'

/**
 * How many messages a socket has sent and how much it was told of what it missed lately, and since when that is counted, in ms since the
 * process began; the end of what it is being answered, one after the other; and the network it comes from.
 */
type SocketData = { network?: string; messages?: number; caughtUpBytes?: number; countedSince?: number; turn?: Promise<void> | undefined }

export type HubServer = Server<ClientToServer & DeskToServer, ServerToClient & ServerToDesk, DefaultEventsMap, SocketData>
export type HubSocket = Socket<ClientToServer & DeskToServer, ServerToClient & ServerToDesk, DefaultEventsMap, SocketData>

/** Tells of an error without stopping; whoever wires the hub decides where it is written. */
export type Report = (what: string, error: unknown) => void

/** What the hub tells of its work to whoever measures it. Nothing of it is told for each reader. */
export type Meter = {
  /** Events were handed to the sockets of so many. */
  sent(events: readonly StoryEvent[], followers: number): void
  /** Somebody asked for what came after a number, and it was there. */
  caughtUp(from: 'memory' | 'store'): void
  /** Somebody who couldn't keep up was cut. */
  cut(): void
  /** So many bytes wait to be sent, to all together. */
  waiting(bytes: number): void
  /** So many events are in the logs and not here yet. */
  behind(events: number): void
}
