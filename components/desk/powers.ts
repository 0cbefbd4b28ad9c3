/** What the person at this desk may do. The server decides it, and decides it again with each write. */
export type Powers = {
  readonly revisesStory: boolean
  readonly publishes: boolean
  readonly revises: boolean
  readonly pins: boolean
  readonly withdraws: boolean
}
