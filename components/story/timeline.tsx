import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { Moment, useMoment } from '#components/ui/moment.tsx'
import type { Update } from '#lib/story/update.ts'
import styles from './timeline.module.css'
import { UpdateEntry } from './update-entry.tsx'

type Props = {
  slug: string
  updates: readonly Update[]
  /** Updates with a greater number came while the page was open. */
  openedAt: number
}

/** The updates, newest first, with the day said where it changes. */
export function Timeline({ slug, updates, openedAt }: Props) {
  const t = useTranslations('story')
  const say = useMoment()
  return (
    <section aria-label={t('timeline')} className={styles.timeline}>
      {updates.map((update, index) => {
        const before = updates[index - 1]
        const isNewDay = !before || say(before.publishedAt, 'day') !== say(update.publishedAt, 'day')
        return (
          <Fragment key={update.id}>
            {isNewDay && (
              <p className={styles.day}>
                <Moment at={update.publishedAt} form="day" />
              </p>
            )}
            <UpdateEntry slug={slug} update={update} isFresh={update.seq > openedAt} />
          </Fragment>
        )
      })}
    </section>
  )
}
