'use client'

import { useTranslations } from 'use-intl'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import styles from './single-update.module.css'
import { UpdateEntry } from './update-entry.tsx'

/** One update on a page of its own, under the headline of its story, with the way to its place in it. */
export function SingleUpdate({ story, update, inStory }: { story: Story; update: Update; inStory: string }) {
  const t = useTranslations('story')
  return (
    <>
      <header className={styles.header}>
        <h1>
          <a href={`/stories/${story.slug}`}>{story.headline}</a>
        </h1>
      </header>
      <UpdateEntry slug={story.slug} update={update} />
      <p className={styles.way}>
        <a href={inStory}>{t('inStory')}</a>
      </p>
    </>
  )
}
