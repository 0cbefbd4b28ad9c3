'use client'

import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { ListedStory } from '#lib/story/story.ts'
import styles from './desk-stories.module.css'
import { StatusWord } from './status-word.tsx'

/** All stories, those that readers can't see too, newest activity first. */
export function DeskStories({ stories, empty }: { stories: readonly ListedStory[]; empty: 'emptyEditor' | 'emptyContributor' | 'emptyGuest' }) {
  const t = useTranslations('desk.stories')
  if (stories.length === 0) {
    return (
      <div className={styles.empty}>
        <p>{t('empty')}</p>
        <p>{t(empty)}</p>
      </div>
    )
  }
  const archived = stories.filter((story) => story.archived)
  return (
    <>
      <Rows stories={stories.filter((story) => !story.archived)} />
      {archived.length > 0 && (
        <details className={styles.archive}>
          <summary>{t('archived', { count: archived.length })}</summary>
          <Rows stories={archived} />
        </details>
      )}
    </>
  )
}

function Rows({ stories }: { stories: readonly ListedStory[] }) {
  return (
    <ul className={styles.list}>
      {stories.map((story) => (
        <StoryRow key={story.id} story={story} />
      ))}
    </ul>
  )
}

function StoryRow({ story }: { story: ListedStory }) {
  const t = useTranslations('desk.stories')
  const say = useMoment()
  return (
    <li className={styles.story}>
      <StatusWord story={story} />
      <div>
        <h2 className={styles.headline} lang={story.language}>
          <a href={`/admin/stories/${story.slug}`}>{story.headline}</a>
        </h2>
        <p className={styles.facts}>
          <span>
            {t('updated')} <time dateTime={story.updatedAt}>{say(story.updatedAt, 'time-and-zone', story.timeZone)}</time>
          </span>
          {story.status !== 'draft' && (
            <a href={`/stories/${story.slug}`} aria-label={`${t('readersPage')}: ${story.headline}`}>
              {t('readersPage')}
            </a>
          )}
        </p>
      </div>
    </li>
  )
}
