import { broadcastOf, sendBroadcast } from './broadcast.ts'
import type { ServerToClient } from './contract.ts'
import type { HubServer, HubSocket } from './hub-socket.ts'
import { slowRoom } from './slow-readers.ts'

/** Who follows which story in this process: readers; and desks and lists of stories, which get what readers get and are none. */
export function readerRooms(io: HubServer) {
  const main = io.of('/')
  const { rooms } = main.adapter
  const sizeOf = (room: string) => rooms.get(room)?.size ?? 0
  return {
    /** One socket is in one of a story's rooms at the most. */
    async join(socket: HubSocket, slug: string, isReader: boolean) {
      const [room, other] = isReader ? [readersRoom(slug), onlookersRoom(slug)] : [onlookersRoom(slug), readersRoom(slug)]
      await socket.join(room)
      await socket.leave(other)
    },
    async leave(socket: HubSocket, slug: string) {
      for (const room of roomsOf(slug)) await socket.leave(room)
    },
    has: ({ rooms }: HubSocket, slug: string) => roomsOf(slug).some((room) => rooms.has(room)),
    /** Whether it follows any story. */
    hasAny: ({ rooms }: HubSocket) => [...rooms].some((room) => room.startsWith(readersPrefix) || room.startsWith(onlookersPrefix)),
    isEmpty: (slug: string) => roomsOf(slug).every((room) => sizeOf(room) === 0),
    readers: (slug: string) => sizeOf(readersRoom(slug)),
    onlookers: (slug: string) => sizeOf(onlookersRoom(slug)),
    slow: () => sizeOf(slowRoom),
    /**
     * Encodes a message once and sends it to all of them. Events aren't sent to those that can't keep up: what they lack they find out.
     * Answers how many it was sent to.
     */
    send<Name extends keyof ServerToClient>(slug: string, name: Name, ...[message]: Parameters<ServerToClient[Name]>): number {
      const broadcast = broadcastOf(name, message)
      const slow = name === 'events' ? rooms.get(slowRoom) : undefined
      let sent = 0
      for (const room of roomsOf(slug)) {
        for (const id of rooms.get(room) ?? []) {
          const socket = main.sockets.get(id)
          if (!socket || slow?.has(id)) continue
          sendBroadcast(socket, broadcast)
          sent += 1
        }
      }
      return sent
    },
  }
}

// Apart from the rooms that Socket.IO gives each socket under its own id.
const readersPrefix = 'readers:'
const onlookersPrefix = 'onlookers:'

function readersRoom(slug: string): string {
  return `${readersPrefix}${slug}`
}

function onlookersRoom(slug: string): string {
  return `${onlookersPrefix}${slug}`
}

function roomsOf(slug: string): string[] {
  return [readersRoom(slug), onlookersRoom(slug)]
}
