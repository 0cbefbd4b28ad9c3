'use client'

import { useEffect, useRef } from 'react'
import type { Follower } from '#lib/live/follow.ts'
import { createViewKeeper, dropKept } from '#lib/live/kept-view.ts'
import type { View } from '#lib/story/view.ts'

const keeper = createViewKeeper()

/** Keeps what is known of the story in this browser, and takes up what was kept where the page is older than that. */
export function KeepView({ follower, view }: { follower: Follower; view: View }) {
  useEffect(() => {
    void keeper.kept(follower.getSnapshot().view).then((kept) => kept && follower.adopt(kept.view, kept.at))
    return keeper.flush
  }, [follower])
  const { epoch } = view
  const keptOf = useRef(epoch)
  useEffect(() => {
    // What was kept before may be what was erased.
    if (epoch > keptOf.current) void dropKept()
    keptOf.current = epoch
  }, [epoch])
  useEffect(() => keeper.keep(view), [view])
  return null
}
