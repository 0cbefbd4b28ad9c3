import type { HubServer, HubSocket } from './hub-socket.ts'
import { slowRoom } from './slow-readers.ts'

/** Who follows which story in this process: readers; and desks and lists of stories, which get what readers get and are none. */
export function readerRooms(io: HubServer) {
  const sizeOf = (room: string) => io.of('/').adapter.rooms.get(room)?.size ?? 0
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
    isEmpty: (slug: string) => roomsOf(slug).every((room) => sizeOf(room) === 0),
    readers: (slug: string) => sizeOf(readersRoom(slug)),
    onlookers: (slug: string) => sizeOf(onlookersRoom(slug)),
    slow: () => sizeOf(slowRoom),
    /** How many are sent what goes to {@link toQuick}. Costs as much as there are slow ones. */
    quick(slug: string): number {
      const { rooms } = io.of('/').adapter
      const slowHere = [...(rooms.get(slowRoom) ?? [])].filter((id) => roomsOf(slug).some((room) => rooms.get(room)?.has(id)))
      return roomsOf(slug).reduce((sum, room) => sum + sizeOf(room), 0) - slowHere.length
    },
    /** Encodes what is sent once for all of them. */
    to: (slug: string) => io.to(roomsOf(slug)),
    /** The same for those that can keep up: what they lack the others find out. */
    toQuick: (slug: string) => io.to(roomsOf(slug)).except(slowRoom),
  }
}

// Apart from the rooms that Socket.IO gives each socket under its own id.

function readersRoom(slug: string): string {
  return `readers:${slug}`
}

function onlookersRoom(slug: string): string {
  return `onlookers:${slug}`
}

function roomsOf(slug: string): string[] {
  return [readersRoom(slug), onlookersRoom(slug)]
}
