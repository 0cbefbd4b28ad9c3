import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import { OwnPicture } from '#components/ui/picture.tsx'
import { publishedCount } from '#lib/story/count-pace.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Pace } from '#lib/story/pace.ts'
import type { Story } from '#lib/story/story.ts'
import { correctionAddress } from './story-address.ts'
import styles from './story-header.module.css'

/** As wide as the page. */
const coverSizes = '(min-width: 72rem) 67rem, 100vw'

type Props = {
  story: Story
  pace: Pace
  /** How many of its updates were corrected, and how often. */
  corrections: number
  /** It is shown as it is now: how it stands is in the colour of what is live. */
  isNow?: boolean
}

/** What the story is, how it stands, and how much of it there is. */
export function StoryHeader({ story, pace, corrections, isNow = true }: Props) {
  const t = useTranslations('story')
  const say = useMoment()
  const count = publishedCount(pace)
  const written = { lang: story.language, dir: directionOf(story.language) }
  return (
    <header className={styles.header}>
      <p className={styles.status} data-status={isNow ? story.status : undefined}>
        {t(`status.${story.status}`)}
      </p>
      <h1 className={styles.headline} {...written}>
        {story.headline}
      </h1>
      {story.standfirst && (
        <p className={styles.standfirst} {...written}>
          {story.standfirst}
        </p>
      )}
      {story.closingSummary && (
        <div className={styles.closing}>
          <h2>{t('closing')}</h2>
          <p {...written}>{story.closingSummary}</p>
        </div>
      )}
      {count > 0 && pace.start && (
        <p className={styles.facts} suppressHydrationWarning>
          {t('facts', { count, time: say(story.openedAt, 'day-and-time') })}
          {corrections > 0 && (
            <>
              {' · '}
              <a href={correctionAddress(story.slug)}>{t('corrections.count', { count: corrections })}</a>
            </>
          )}
        </p>
      )}
      {story.cover && (
        <div className={styles.cover}>
          <OwnPicture attrs={story.cover} sizes={coverSizes} isFirst />
        </div>
      )}
    </header>
  )
}
