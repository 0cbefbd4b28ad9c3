'use client'

import { useTranslations } from 'use-intl'
import type { Story } from '#lib/story/story.ts'
import type { UpdatePage } from '#lib/story/view.ts'
import { StoryHeader } from './story-header.tsx'
import styles from './story-part.module.css'
import { Timeline } from './timeline.tsx'

/** An older part of a story's timeline on a page of its own, as it was when it was asked for. */
export function StoryPart({ story, page, openedAt }: { story: Story; page: UpdatePage; openedAt: number }) {
  const t = useTranslations('story')
  return (
    <>
      <StoryHeader story={story} />
      <nav className={styles.ways}>
        <a href={`/stories/${story.slug}`}>{t('newest')}</a>
      </nav>
      <Timeline slug={story.slug} updates={page.updates} openedAt={openedAt} />
      <nav className={styles.ways}>
        {page.next !== null && <a href={`/stories/${story.slug}?before=${page.next}`}>{t('older')}</a>}
        <a href={`/stories/${story.slug}`}>{t('newest')}</a>
      </nav>
    </>
  )
}
