import { memo, type ReactNode } from 'react'
import { useTimeZone, useTranslations } from 'use-intl'
import { Ago } from '#components/ui/ago.client.tsx'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Moment, useMoment, usePastMoment } from '#components/ui/moment.tsx'
import { dayIn } from '#components/ui/time-of-zone.ts'
import type { Claim } from '#lib/story/claim.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Update } from '#lib/story/update.ts'
import breaking from './breaking.module.css'
import { CarriedClaims } from './carried-claims.tsx'
import { ShareButton } from './share-button.client.tsx'
import { correctionAddress, updateAddress } from './story-address.ts'
import styles from './update-entry.module.css'

type Props = {
  slug: string
  /** The story's. */
  language: string
  update: Update
  /** Those that it tells of, or that rest on it. */
  claims?: readonly Claim[] | undefined
  /** It is the first of its day. */
  isNewDay?: boolean
  /** The clock changes beside it: its time is said with the zone's name of that hour. */
  saysOffset?: boolean
  /** When the reader left, if what they had seen ends here. */
  leftAt?: number | null
  /** It came while the page was open. */
  isFresh?: boolean
  /** The page was asked for at this update's time. */
  isSpot?: boolean
  /** Where the same update stands on the page a second time, so that its id stays the timeline's. */
  isCopy?: boolean
}

/** One update as it reads now, or the notice that it was withdrawn. Drawn again only when something about it has changed. */
export const UpdateEntry = memo(function UpdateEntry({
  slug,
  language: storyLanguage,
  update,
  claims,
  isNewDay = false,
  saysOffset = false,
  leftAt = null,
  isFresh = false,
  isSpot = false,
  isCopy = false,
}: Props) {
  const t = useTranslations('story')
  const say = useMoment()
  const { id, publishedAt } = update
  const language = update.language ?? storyLanguage
  return (
    <article
      id={isCopy ? undefined : id}
      tabIndex={-1}
      className={styles.entry}
      data-key={update.key || undefined}
      data-fresh={isFresh || undefined}
      data-spot={isSpot || undefined}
      data-left={leftAt !== null || undefined}
      data-withdrawn={update.withdrawal ? true : undefined}
    >
      {isSpot && <span id="at" className={styles.spot} />}
      {isNewDay && (
        <p className={styles.day}>
          <Moment at={publishedAt} form="day" />
        </p>
      )}
      {leftAt !== null && <LeftLine at={leftAt} />}
      <p className={styles.when}>
        <a className={styles.time} href={updateAddress(slug, id)} aria-label={t('permalink', { time: say(publishedAt, 'day-and-time') })}>
          <Moment at={publishedAt} form={saysOffset ? 'time-and-offset' : 'time'} />
        </a>
        <Ago at={publishedAt} className={styles.ago} />
      </p>
      <div className={styles.content}>
        {update.withdrawal ? (
          <Withdrawn update={update} withdrawal={update.withdrawal} />
        ) : (
          <Standing
            slug={slug}
            update={update}
            claims={claims && <CarriedClaims claims={claims} {...writtenIn(storyLanguage)} />}
            written={writtenIn(language)}
          />
        )}
      </div>
    </article>
  )
})

function writtenIn(language: string): Written {
  return { lang: language, dir: directionOf(language) }
}

type Written = { readonly lang: string; readonly dir: 'ltr' | 'rtl' }

function Standing({ slug, update, claims, written }: { slug: string; update: Update; claims: ReactNode; written: Written }) {
  return (
    <>
      {(update.breaking || update.key) && <Mark isBreaking={update.breaking} />}
      <div {...written}>
        {update.title && <h2 className={styles.title}>{update.title}</h2>}
        <BodyContent body={update.body} />
      </div>
      {claims}
      <Corrections slug={slug} update={update} />
      <Tags slug={slug} tags={update.tags} written={written} />
      <div className={styles.foot}>
        <Byline update={update} />
        <ShareButton slug={slug} update={update} />
      </div>
    </>
  )
}

function Mark({ isBreaking }: { isBreaking: boolean }) {
  const t = useTranslations('story')
  if (!isBreaking) return <p className={styles.key}>{t('keyEvent')}</p>
  return (
    <p className={styles.mark}>
      <strong className={breaking.label}>{t('breaking')}</strong>
    </p>
  )
}

/** What the update is about; each leads to whatever else in the story has the word. */
function Tags({ slug, tags, written }: { slug: string; tags: Update['tags']; written: Written }) {
  const t = useTranslations('story')
  if (tags.length === 0) return null
  return (
    <ul className={styles.tags} aria-label={t('tags')} {...written}>
      {tags.map((tag) => (
        <li key={tag}>
          <a href={`/stories/${slug}/search?${new URLSearchParams({ q: tag })}`}>{tag}</a>
        </li>
      ))}
    </ul>
  )
}

/** Says when something became of an update: by the time alone if that was on the day it was published. */
function useSince({ publishedAt }: Update): (at: string) => string {
  const say = useMoment()
  const timeZone = useTimeZone() ?? 'UTC'
  return (at) => say(at, dayIn(at, timeZone) === dayIn(publishedAt, timeZone) ? 'time' : 'day-and-time')
}

function LeftLine({ at }: { at: number }) {
  const t = useTranslations('story')
  const sayPast = usePastMoment()
  return <p className={styles.left}>{t('leftAt', { time: sayPast(at) })}</p>
}

function Corrections({ slug, update }: { slug: string; update: Update }) {
  const t = useTranslations('story')
  const since = useSince(update)
  if (update.corrections.length === 0) return null
  return (
    <aside className={styles.corrections}>
      <p>{t('corrected')}</p>
      <ul>
        {update.corrections.map(({ at, version, note }) => (
          <li key={version}>
            {t('correctedAt', { time: since(at), note })} <a href={correctionAddress(slug, update.id, version)}>{t('corrections.what')}</a>
          </li>
        ))}
      </ul>
    </aside>
  )
}

function Byline({ update }: { update: Update }) {
  const t = useTranslations('story')
  const say = useMoment()
  const since = useSince(update)
  const parts = [
    t('by', { author: update.author }),
    update.occurredAt && t('tellsOf', { time: say(update.occurredAt, 'time-and-zone') }),
    update.editedAt && t('edited', { time: since(update.editedAt) }),
  ].filter(Boolean)
  return <p className={styles.byline}>{parts.join(' · ')}</p>
}

function Withdrawn({ update, withdrawal }: { update: Update; withdrawal: NonNullable<Update['withdrawal']> }) {
  const t = useTranslations('story')
  const since = useSince(update)
  return (
    <div className={styles.withdrawn}>
      <p>{t('withdrawn', { time: since(withdrawal.at) })}</p>
      <p>{withdrawal.notice}</p>
    </div>
  )
}
