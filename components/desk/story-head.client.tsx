'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { StorySettings } from '#lib/story/story-settings.ts'
import { Command } from './commands.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import { InPlace } from './in-place.client.tsx'
import { StatusWord } from './status-word.tsx'
import styles from './story-head.module.css'
import { StoryPeople } from './story-people.client.tsx'
import { StorySettingsDialog } from './story-settings.client.tsx'
import { StoryStatusControls } from './story-status.client.tsx'

/** What the story says of itself, and the controls to change it. */
export function StoryHead({ settings }: { settings: StorySettings }) {
  const t = useTranslations('desk.story')
  const { story, can } = useDesk()
  const people = useTranslations('desk.people')
  const [opened, setOpened] = useState<'settings' | 'people' | null>(null)
  const close = () => setOpened(null)
  return (
    <header className={styles.head}>
      <StatusWord story={story} />
      <div className={styles.title}>
        {/* biome-ignore lint/performance/noImgElement: our renditions are made by our own server, not by Next's. */}
        {story.cover && <img className={styles.cover} src={`${story.cover.src}/320.webp`} alt={story.cover.alt} />}
        <div lang={story.language}>
          <InPlace name="headline">
            <h1 className={styles.headline}>{story.headline}</h1>
          </InPlace>
          <InPlace name="standfirst">
            <p className={styles.standfirst}>{story.standfirst}</p>
          </InPlace>
          {story.status === 'closed' && (
            <InPlace name="closingSummary">
              <p className={styles.closing}>
                <strong>{t('closingSummary')}</strong> {story.closingSummary}
              </p>
            </InPlace>
          )}
        </div>
      </div>
      <div className={styles.controls}>
        {story.status === 'draft' ? (
          <p className={styles.unseen}>{t('notForReaders')}</p>
        ) : (
          <>
            <a href={`/stories/${story.slug}`}>{t('readersPage')}</a>
            <a href={`/stories/${story.slug}/corrections`}>{t('corrections')}</a>
          </>
        )}
        {can.revisesStory && (
          <>
            <StoryStatusControls />
            <Opener label={t('settings.open')} onOpen={() => setOpened('settings')} />
          </>
        )}
        {can.exports && (
          <a href={`/api/stories/${story.slug}/archive`} download>
            {t('export')}
          </a>
        )}
        {can.choosesPeople && <Opener label={people('open')} onOpen={() => setOpened('people')} />}
      </div>
      {opened === 'people' && <StoryPeople onClose={close} />}
      {opened === 'settings' && <StorySettingsDialog settings={settings} onClose={close} />}
    </header>
  )
}

function Opener({ label, onOpen }: { label: string; onOpen: () => void }) {
  return (
    <>
      <Command label={label} onRun={onOpen} />
      <Button look="quiet" onClick={onOpen}>
        {label}
      </Button>
    </>
  )
}
