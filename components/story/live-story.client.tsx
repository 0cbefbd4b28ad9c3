'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFollower } from '#components/ui/use-follower.client.ts'
import type { View } from '#lib/story/view.ts'
import { LiveState } from './live-state.tsx'
import { OlderUpdates } from './older-updates.client.tsx'
import { PinnedUpdate } from './pinned-update.tsx'
import { StoryHeader } from './story-header.tsx'
import { Timeline } from './timeline.tsx'

/** A story that keeps itself up to date: rendered by the server as it was then, and by every event as it is now. */
export function LiveStory({ initial }: { initial: View }) {
  const { snapshot, follower } = useFollower(initial)
  const { story, updates, pinned, next } = snapshot.view
  const [openedAt] = useState(initial.head)
  return (
    <>
      <StoryHeader story={story} />
      <LiveState snapshot={snapshot} />
      {pinned && <PinnedUpdate slug={story.slug} update={pinned} />}
      {updates.length > 0 ? <Timeline slug={story.slug} updates={updates} openedAt={openedAt} /> : <NoUpdates isClosed={story.status === 'closed'} />}
      {next !== null && <OlderUpdates slug={story.slug} cursor={next} load={follower.loadOlder} />}
    </>
  )
}

function NoUpdates({ isClosed }: { isClosed: boolean }) {
  const t = useTranslations('story')
  return <p>{t(isClosed ? 'noUpdatesClosed' : 'noUpdates')}</p>
}
