import type { Server, Socket } from 'socket.io'
import type { ClientToServer, ServerToClient } from './contract.ts'
import type { DeskToServer, ServerToDesk } from './desk-contract.ts'

export type HubServer = Server<ClientToServer & DeskToServer, ServerToClient & ServerToDesk>
export type HubSocket = Socket<ClientToServer & DeskToServer, ServerToClient & ServerToDesk>

/** Tells of an error without stopping; whoever wires the hub decides where it is written. */
export type Report = (what: string, error: unknown) => void
