'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Command } from './commands.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import { ReviseStory } from './revise-story.client.tsx'
import { StatusWord } from './status-word.tsx'
import styles from './story-head.module.css'
import { StoryPeople } from './story-people.client.tsx'
import { StoryStatusControls } from './story-status.client.tsx'

/** What the story says of itself, and the controls to change it. */
export function StoryHead() {
  const t = useTranslations('desk.story')
  const { story, can } = useDesk()
  const people = useTranslations('desk.people')
  const [isRevising, setIsRevising] = useState(false)
  const [isChoosing, setIsChoosing] = useState(false)
  return (
    <header className={styles.head}>
      <StatusWord status={story.status} />
      <div lang={story.language}>
        <h1 className={styles.headline}>{story.headline}</h1>
        {story.standfirst && <p className={styles.standfirst}>{story.standfirst}</p>}
      </div>
      <div className={styles.controls}>
        {story.status === 'draft' ? <p className={styles.unseen}>{t('notForReaders')}</p> : <a href={`/stories/${story.slug}`}>{t('readersPage')}</a>}
        {can.revisesStory && (
          <>
            <Command label={t('revise')} onRun={() => setIsRevising(true)} />
            <Button look="quiet" onClick={() => setIsRevising(true)}>
              {t('revise')}
            </Button>
            <StoryStatusControls />
          </>
        )}
        {can.choosesPeople && <Command label={people('open')} onRun={() => setIsChoosing(true)} />}
        {can.choosesPeople && (
          <Button look="quiet" onClick={() => setIsChoosing(true)}>
            {people('open')}
          </Button>
        )}
      </div>
      {isChoosing && <StoryPeople onClose={() => setIsChoosing(false)} />}
      {isRevising && <ReviseStory onClose={() => setIsRevising(false)} />}
    </header>
  )
}
