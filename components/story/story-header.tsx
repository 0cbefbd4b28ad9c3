import { useTranslations } from 'use-intl'
import type { Story } from '#lib/story/story.ts'
import styles from './story-header.module.css'

/** What the story is, and how it stands. */
export function StoryHeader({ story }: { story: Story }) {
  return (
    <header className={styles.header}>
      <StoryStatus story={story} />
      <h1 className={styles.headline}>{story.headline}</h1>
      {story.standfirst && <p className={styles.standfirst}>{story.standfirst}</p>}
    </header>
  )
}

function StoryStatus({ story }: { story: Story }) {
  const t = useTranslations('story.status')
  return (
    <p className={styles.status} data-status={story.status}>
      {t(story.status)}
    </p>
  )
}
