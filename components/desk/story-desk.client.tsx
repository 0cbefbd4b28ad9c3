'use client'

import { useTranslations } from 'use-intl'
import { useFollower } from '#components/ui/use-follower.client.ts'
import type { DeskState } from '#lib/story/desk.ts'
import { ColleaguesHere } from './colleagues.client.tsx'
import { Commands } from './commands.client.tsx'
import { Composer } from './composer.client.tsx'
import { DeskFrame } from './desk-frame.client.tsx'
import { DeskTabs } from './desk-tabs.client.tsx'
import { deskView } from './desk-view.ts'
import { Warning } from './failure-notice.tsx'
import { LiveBar } from './live-bar.client.tsx'
import { Palette } from './palette.client.tsx'
import styles from './story-desk.module.css'
import { StoryHead } from './story-head.client.tsx'
import { type Barred, useDeskState } from './use-desk-state.client.ts'

/** One story's desk: what it says of itself, where updates are written, what waits, what is published. */
export function StoryDesk({ asRead }: { asRead: DeskState }) {
  const { state, barred, refresh } = useDeskState(asRead)
  const { person, view } = state
  return (
    <>
      {/* A story that readers can't see can't be followed: once they can, the desk begins anew and follows. So it does for another
          person: what one has written isn't the other's. */}
      <Desk key={`${view.story.status === 'draft' ? 'draft' : 'open'} ${person.id}`} state={state} barred={barred} refresh={refresh} />
    </>
  )
}

type Props = { state: DeskState; barred: Barred | null; refresh: () => void }

function Desk({ state, barred, refresh }: Props) {
  const t = useTranslations('desk.barred')
  const told = state.view
  const { snapshot, follower } = useFollower(told)
  const view = deskView(told, snapshot.view)
  const isFollowed = told.story.status !== 'draft'
  return (
    <DeskFrame story={view.story} personId={state.person.id} can={state.can} refresh={refresh} isSignedOut={barred === 'signed-out'}>
      <Commands>
        <ColleaguesHere>
          <main>
            <StoryHead />
            <LiveBar snapshot={snapshot} isFollowed={isFollowed} toldHead={told.head} />
            {(barred === 'not-here' || barred === 'gone') && <Warning text={t(barred)} />}
            <div className={styles.columns}>
              <div className={styles.writing}>
                <Composer updates={view.updates} drafts={state.drafts} latestOwn={state.latestOwn} />
                <Palette updates={view.updates} />
              </div>
              <DeskTabs state={state} view={view} loadOlder={() => follower.load('older')} />
            </div>
          </main>
        </ColleaguesHere>
      </Commands>
    </DeskFrame>
  )
}
