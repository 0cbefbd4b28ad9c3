import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { StoryAt } from '#lib/story/as-of.ts'
import { claimsByUpdate } from '#lib/story/known.ts'
import { useChangeWords } from './change-words.ts'
import { MomentChoice } from './moment-choice.client.tsx'
import { PinnedUpdate } from './pinned-update.tsx'
import { comparisonAddress, momentAddress, storyAddress } from './story-address.ts'
import styles from './story-as-of.module.css'
import { StoryHeader } from './story-header.tsx'
import { Timeline } from './timeline.tsx'
import { WhatWeKnow } from './what-we-know.tsx'

/** A story as readers saw it at a moment, marked as such, with the ways to other moments. It doesn't follow what happens. */
export function StoryAsOf({ view, at, from, to, earlier, later, since, allPace }: StoryAt & { at: string }) {
  const t = useTranslations('asOf')
  const words = useTranslations('story')
  const say = useMoment()
  const claims = claimsByUpdate(view.claims)
  const counts = useChangeWords()(since)
  const { slug, headline, language } = view.story
  const time = say(at, 'time-and-zone')
  return (
    <div data-awake="false">
      <Head>
        <title key="title">{`${t('title', { time })}: ${headline}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <aside className={styles.mark} aria-label={t('label')}>
        <p className={styles.when} suppressHydrationWarning>
          <strong>{t('title', { time })}</strong>
        </p>
        <p>
          {later === null ? t('unchanged') : counts !== '' ? t('since', { counts }) : t('changed')} <a href={storyAddress(slug)}>{t('now')}</a>
        </p>
        <nav className={styles.ways} aria-label={t('moments')}>
          {earlier !== null && (
            <a href={momentAddress(slug, earlier)} rel="prev">
              {t('earlier')}
            </a>
          )}
          {later !== null && (
            <a href={momentAddress(slug, later)} rel="next">
              {t('later')}
            </a>
          )}
          {later !== null && (
            <a href={comparisonAddress(slug, { from: at })} rel="nofollow">
              {t('compare')}
            </a>
          )}
          {from !== to && <MomentChoice slug={slug} at={at} from={from} to={to} pace={allPace} />}
        </nav>
      </aside>
      <StoryHeader story={view.story} pace={view.pace} corrections={view.corrections} isNow={false} />
      <WhatWeKnow view={view} />
      {view.pinned && <PinnedUpdate slug={slug} language={language} update={view.pinned} claims={claims} />}
      <h2 className="visually-hidden">{words('timeline')}</h2>
      {view.updates.length === 0 && <p className={styles.none}>{t('none')}</p>}
      <Timeline slug={slug} language={language} claims={claims} updates={view.updates} order="newest" label={words('timeline')} />
      {view.next !== null && (
        <p className={styles.more}>
          <a href={momentAddress(slug, at, view.next)}>{words('older')}</a>
        </p>
      )}
    </div>
  )
}
