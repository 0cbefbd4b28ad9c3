'use client'

import { useFollower } from '#components/ui/use-follower.client.ts'
import type { View } from '#lib/story/view.ts'
import { Composer } from './composer.client.tsx'
import { DeskFrame } from './desk-frame.client.tsx'
import { deskView } from './desk-view.ts'
import { Drafts } from './drafts.client.tsx'
import type { Draft } from './entry-text.ts'
import { LiveBar } from './live-bar.client.tsx'
import type { Powers } from './powers.ts'
import styles from './story-desk.module.css'
import { StoryHead } from './story-head.client.tsx'
import { Timeline } from './timeline.client.tsx'

type Props = { view: View; drafts: readonly Draft[]; personId: string; can: Powers }

/** One story's desk: what it says of itself, where updates are written, what waits, what is published. */
export function StoryDesk({ view: told, drafts, personId, can }: Props) {
  const { snapshot, follower } = useFollower(told)
  const view = deskView(told, snapshot.view)
  const isFollowed = told.story.status !== 'draft'
  return (
    <DeskFrame story={view.story} personId={personId} can={can}>
      <main>
        <StoryHead />
        <LiveBar snapshot={snapshot} isFollowed={isFollowed} toldHead={told.head} />
        <div className={styles.columns}>
          <div className={styles.writing}>
            <Composer updates={view.updates} drafts={drafts} />
            <Drafts drafts={drafts} />
          </div>
          <Timeline view={view} loadOlder={() => follower.load('older')} />
        </div>
      </main>
    </DeskFrame>
  )
}
