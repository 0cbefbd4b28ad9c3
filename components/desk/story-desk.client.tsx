'use client'

import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { useFollower } from '#components/ui/use-follower.client.ts'
import type { DeskState } from '#lib/story/desk.ts'
import { Claims } from './claims.client.tsx'
import { ColleaguesHere } from './colleagues.client.tsx'
import { Commands } from './commands.client.tsx'
import { Composer } from './composer.client.tsx'
import { DeskFrame } from './desk-frame.client.tsx'
import { DeskTabs, type TabName } from './desk-tabs.client.tsx'
import { deskView } from './desk-view.ts'
import { Editing } from './editing.client.tsx'
import { Erasing } from './erasing.client.tsx'
import { Warning } from './failure-notice.tsx'
import { LiveBar } from './live-bar.client.tsx'
import { Palette } from './palette.client.tsx'
import { ReadersChart } from './readers-chart.client.tsx'
import { RowWritesHere } from './row-writes.client.tsx'
import styles from './story-desk.module.css'
import { StoryHead } from './story-head.client.tsx'
import { type Barred, useDeskState } from './use-desk-state.client.ts'

/** What a page of the desk is for: to write and see to the timeline, or to the claims alone, with all the room there is. */
export type DeskPart = 'timeline' | 'claims'

/** One story's desk: what it says of itself, where updates are written, what waits, what is published. */
export function StoryDesk({ asRead, part }: { asRead: DeskState; part: DeskPart }) {
  const { state, barred, readAt, refresh } = useDeskState(asRead)
  const { person, view } = state
  return (
    <Desk
      // A story that readers can't see can't be followed: once they can, the desk begins anew and follows. So it does for another
      // person: what one has written isn't the other's.
      key={`${view.story.status === 'draft' ? 'draft' : 'open'} ${person.id}`}
      part={part}
      state={state}
      barred={barred}
      readAt={readAt}
      refresh={refresh}
    />
  )
}

type Props = { part: DeskPart; state: DeskState; barred: Barred | null; readAt: number; refresh: () => void }

function Desk({ part, state, barred, readAt, refresh }: Props) {
  const t = useTranslations('desk.barred')
  const told = state.view
  const { snapshot, follower } = useFollower(told)
  const view = deskView(told, snapshot.view)
  const isFollowed = told.story.status !== 'draft'
  const [tab, setTab] = useState<TabName>('published')
  /** Goes to an update, in the list of those that are published. */
  const show = (id: string) => {
    flushSync(() => setTab('published'))
    const row = document.getElementById(id)
    row?.scrollIntoView({ block: 'center' })
    row?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true })
  }
  return (
    <DeskFrame story={view.story} personId={state.person.id} can={state.can} refresh={refresh} isSignedOut={barred === 'signed-out'}>
      <Commands>
        <ColleaguesHere>
          <Editing>
            <Erasing>
              <main>
                <StoryHead settings={state.settings} />
                <LiveBar snapshot={snapshot} isFollowed={isFollowed} toldHead={told.head} />
                {(barred === 'not-here' || barred === 'gone') && <Warning text={t(barred)} />}
                {part === 'claims' ? (
                  <Claims view={view} isBoard />
                ) : (
                  <div className={styles.columns}>
                    <div className={styles.writing}>
                      <Composer
                        template={state.settings.template}
                        updates={view.updates}
                        drafts={state.drafts}
                        latestOwn={state.latestOwn}
                        reached={state.reached}
                        readAt={readAt}
                      />
                      <Palette updates={view.updates} onShow={show} />
                      {isFollowed && <ReadersChart audience={state.audience} readers={snapshot.readers} />}
                    </div>
                    <RowWritesHere readAt={readAt}>
                      <DeskTabs state={state} view={view} loadOlder={() => follower.load('older')} chosen={tab} onChoose={setTab} />
                    </RowWritesHere>
                  </div>
                )}
              </main>
            </Erasing>
          </Editing>
        </ColleaguesHere>
      </Commands>
    </DeskFrame>
  )
}
