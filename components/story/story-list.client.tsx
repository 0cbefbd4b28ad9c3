'use client'

import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { ListedStory } from '#lib/story/story.ts'
import styles from './story-list.module.css'

/** Stories by headline: those that are developing first, then the closed ones. */
export function StoryList({ stories }: { stories: readonly ListedStory[] }) {
  const t = useTranslations('story')
  const open = stories.filter((story) => story.status !== 'closed')
  const closed = stories.filter((story) => story.status === 'closed')
  return (
    <>
      <section className={styles.section} aria-labelledby="developing">
        <h1 id="developing" className={styles.label} data-live={open.length > 0 || undefined}>
          {t('developingNow')}
        </h1>
        {open.length > 0 ? <Stories stories={open} /> : <Nothing />}
      </section>
      {closed.length > 0 && (
        <section className={styles.section} aria-labelledby="closed">
          <h2 id="closed" className={styles.label}>
            {t('closedStories')}
          </h2>
          <Stories stories={closed} />
        </section>
      )}
    </>
  )
}

function Stories({ stories }: { stories: readonly ListedStory[] }) {
  const t = useTranslations('story')
  const say = useMoment()
  return (
    <ul className={styles.list}>
      {stories.map((story) => (
        <li key={story.id} className={styles.story}>
          <article lang={story.language}>
            <h2 className={styles.headline}>
              <a href={`/stories/${story.slug}`}>{story.headline}</a>
            </h2>
            {story.standfirst && <p className={styles.standfirst}>{story.standfirst}</p>}
            <p className={styles.facts}>
              {story.status === 'paused' && `${t('status.paused')} · `}
              {t('lastUpdated', { time: say(story.updatedAt, 'time-and-zone', story.timeZone) })}
            </p>
          </article>
        </li>
      ))}
    </ul>
  )
}

function Nothing() {
  const t = useTranslations('story')
  return (
    <div className={styles.nothing}>
      <p>{t('nothingYet')}</p>
      <p>{t('nothingYetHint')}</p>
    </div>
  )
}
