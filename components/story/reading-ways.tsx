import { memo } from 'react'
import { useTranslations } from 'use-intl'
import styles from './reading-ways.module.css'
import { SearchForm, SearchLink } from './search-form.tsx'
import { storyAddress, type Way } from './story-address.ts'

/** Links to the other ways to read the story, and the search in it. */
export const ReadingWays = memo(function ReadingWays({ slug, way: { order, show } }: { slug: string; way: Way }) {
  const t = useTranslations('story.ways')
  const choice = (isChosen: boolean) => (isChosen ? ('true' as const) : undefined)
  return (
    <div className={styles.ways}>
      <nav aria-label={t('label')} className={styles.links}>
        <a href={storyAddress(slug, { show })} aria-current={choice(order === 'newest')}>
          {t('newestFirst')}
        </a>
        <a href={storyAddress(slug, { show, order: 'oldest' })} aria-current={choice(order === 'oldest')}>
          {t('oldestFirst')}
        </a>
        <span className={styles.gap} />
        <a href={storyAddress(slug, { order })} aria-current={choice(show === 'all')}>
          {t('all')}
        </a>
        <a href={storyAddress(slug, { order, show: 'key' })} aria-current={choice(show === 'key')}>
          {t('key')}
        </a>
      </nav>
      <div className={styles.form}>
        <SearchForm slug={slug} />
      </div>
      <div className={styles.link}>
        <SearchLink slug={slug} />
      </div>
    </div>
  )
})
