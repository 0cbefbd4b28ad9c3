import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Moment, useMoment } from '#components/ui/moment.tsx'
import type { Update } from '#lib/story/update.ts'
import styles from './update-entry.module.css'

type Props = {
  slug: string
  update: Update
  /** It came while the page was open. */
  isFresh?: boolean
  /** Where the same update stands on the page a second time, so that its id stays the timeline's. */
  isCopy?: boolean
}

/** One update as it reads now, or the notice that it was withdrawn. */
export function UpdateEntry({ slug, update, isFresh = false, isCopy = false }: Props) {
  const t = useTranslations('story')
  const say = useMoment()
  return (
    <article
      id={isCopy ? undefined : update.id}
      className={styles.entry}
      data-key={update.key || undefined}
      data-fresh={isFresh || undefined}
      data-withdrawn={update.withdrawal ? true : undefined}
    >
      <a
        className={styles.time}
        href={`/stories/${slug}/updates/${update.id}`}
        aria-label={t('permalink', { time: say(update.publishedAt, 'day-and-time') })}
      >
        <Moment at={update.publishedAt} form="time" />
      </a>
      <div className={styles.content}>{update.withdrawal ? <Withdrawn withdrawal={update.withdrawal} /> : <Standing update={update} />}</div>
    </article>
  )
}

function Standing({ update }: { update: Update }) {
  const t = useTranslations('story')
  return (
    <>
      {update.key && <p className={styles.key}>{t('keyEvent')}</p>}
      {update.title && <h2 className={styles.title}>{update.title}</h2>}
      <BodyContent body={update.body} />
      <Corrections update={update} />
      <Byline update={update} />
    </>
  )
}

function Corrections({ update }: { update: Update }) {
  const t = useTranslations('story')
  const say = useMoment()
  if (update.corrections.length === 0) return null
  return (
    <aside className={styles.corrections}>
      <h3>{t('corrected')}</h3>
      <ul>
        {update.corrections.map(({ at, version, note }) => (
          <li key={version}>{t('correctedAt', { time: say(at, 'time'), note })}</li>
        ))}
      </ul>
    </aside>
  )
}

function Byline({ update }: { update: Update }) {
  const t = useTranslations('story')
  const say = useMoment()
  const parts = [
    t('by', { author: update.author }),
    update.occurredAt && t('tellsOf', { time: say(update.occurredAt, 'time-and-zone') }),
    update.editedAt && t('edited', { time: say(update.editedAt, 'time') }),
  ].filter(Boolean)
  return <p className={styles.byline}>{parts.join(' · ')}</p>
}

function Withdrawn({ withdrawal }: { withdrawal: NonNullable<Update['withdrawal']> }) {
  const t = useTranslations('story')
  const say = useMoment()
  return (
    <div className={styles.withdrawn}>
      <p>{t('withdrawn', { time: say(withdrawal.at, 'time') })}</p>
      <p>{withdrawal.notice}</p>
    </div>
  )
}
