import type { Side } from '#lib/story/fold.ts'
import type { Delivery } from '#lib/story/merge.ts'
import type { Shown, UpdatePage, View } from '#lib/story/view.ts'
import type { CatchUp, FollowAnswer, HeadMessage } from './contract.ts'

export type ChannelHandlers = {
  onOpen(): void
  onEvents(delivery: Delivery): void
  onHead(head: HeadMessage): void
  onReaders(readers: number): void
  /** The server is about to end: another socket is to be opened at a random moment within so many ms. Until then all comes as before. */
  onLeaving(within: number): void
  /** The server said what this page is too old to understand: only the view can tell what happened. */
  onUnreadable(): void
  /** The channel never opened, broke or was closed by the other side; nothing comes after it. */
  onClosed(): void
}

/** A socket. Its handlers are never called before `openChannel` has answered. */
export type Channel = {
  /** Null if no answer came in time. */
  follow(epoch: number, after: number): Promise<FollowAnswer | null>
  /** Confirms that what came after number `after` up to `seq` is on the screen, if the server asked for it. */
  seen(after: number, seq: number): void
  /** Closes without calling `onClosed`. */
  close(): void
}

/** The way to the server. The promises answer null when it can't be reached, and `gone` when the story isn't there. */
export type Transport = {
  openChannel(handlers: ChannelHandlers): Channel
  fetchEvents(epoch: number, after: number): Promise<CatchUp | 'gone' | null>
  fetchView(place: ViewPlace): Promise<View | 'gone' | null>
  fetchPage(side: Side, cursor: string, show: Shown): Promise<UpdatePage | null>
}

/** Which part of a timeline a view is to hold: the newest, or that around an update's number. */
export type ViewPlace = { readonly show: Shown; readonly around?: number }
