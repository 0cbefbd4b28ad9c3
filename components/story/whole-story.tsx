import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { claimsByUpdate } from '#lib/story/known.ts'
import type { View } from '#lib/story/view.ts'
import { storyAddress, wholeStoryAddress } from './story-address.ts'
import { StoryHeader } from './story-header.tsx'
import { Timeline } from './timeline.tsx'
import { WhatWeKnow } from './what-we-know.tsx'
import styles from './whole-story.module.css'

type Props = { view: View; part: number; parts: number; readAt: number }

/** All of a story in order, as it was when it was asked for: to print, to keep, or to read without a script. A long one in parts. */
export function WholeStory({ view, part, parts, readAt }: Props) {
  const t = useTranslations('story')
  const say = useMoment()
  const claims = claimsByUpdate(view.claims)
  const isHydrated = useHydrated()
  return (
    <div data-awake="false">
      <Head>
        <title key="title">{`${t('whole.title')}: ${view.story.headline}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <StoryHeader story={view.story} pace={view.pace} corrections={view.corrections.count} />
      <p className={styles.note}>
        <span suppressHydrationWarning>{t('whole.note', { time: say(readAt, 'time-and-zone') })}</span>{' '}
        <span className={styles.ways}>
          {isHydrated && <Button onClick={() => window.print()}>{t('whole.print')}</Button>}
          <a href={storyAddress(view.story.slug)}>{t('search.back')}</a>
        </span>
      </p>
      {part === 1 && <WhatWeKnow view={view} />}
      <Timeline
        slug={view.story.slug}
        language={view.story.language}
        claims={claims}
        updates={view.updates.toReversed()}
        order="oldest"
        label={t('timeline')}
      />
      {parts > 1 && (
        <nav className={styles.parts} aria-label={t('whole.parts')}>
          {part > 1 && (
            <a rel="prev" href={wholeStoryAddress(view.story.slug, part - 1)}>
              {t('whole.previous')}
            </a>
          )}
          <span>{t('whole.part', { part, parts })}</span>
          {part < parts && (
            <a rel="next" href={wholeStoryAddress(view.story.slug, part + 1)}>
              {t('whole.next')}
            </a>
          )}
        </nav>
      )}
    </div>
  )
}
