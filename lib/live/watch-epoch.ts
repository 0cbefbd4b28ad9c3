import { createLink, type Surroundings } from './link.ts'
import type { Transport } from './transport.ts'

export type Position = { readonly epoch: number; readonly head: number }

/**
 * Hears whether history is rewritten while a page shows a part of it that it doesn't follow, or was before the page came up. Calls back
 * once. Answers how to stop it.
 */
export function watchEpoch(shown: Position, transport: Transport, surroundings: Surroundings, onRewritten: () => void): () => void {
  let { head } = shown
  let isOver = false
  const hear = (said: Position) => {
    if (said.epoch === shown.epoch) head = Math.max(head, said.head)
    if (said.epoch <= shown.epoch || isOver) return
    isOver = true
    link.close()
    onRewritten()
  }
  const nothing = () => {}
  const link = createLink(transport, surroundings, {
    position: () => ({ epoch: shown.epoch, head }),
    onHeard: nothing,
    onEvents: ({ epoch, events }) => hear({ epoch, head: events.at(-1)?.seq ?? 0 }),
    onHead: hear,
    onReaders: nothing,
    onUnreadable: nothing,
    onJoined: hear,
    onGone: nothing,
    onLost: nothing,
    async poll() {
      const missed = await transport.fetchEvents(shown.epoch, head)
      if (missed !== 'gone' && missed !== null) hear(missed)
    },
  })
  link.open()
  return () => link.close()
}
