import type { RefObject } from 'react'
import { useTimeZone } from 'use-intl'
import { dayIn, zoneOffset } from '#components/ui/time-of-zone.ts'
import { isLeftBetween, type Left } from '#lib/story/reading.ts'
import type { Update } from '#lib/story/update.ts'
import type { Order } from './story-address.ts'
import styles from './timeline.module.css'
import { UpdateEntry } from './update-entry.tsx'

type Props = {
  slug: string
  /** The story's. */
  language: string
  /** In the order in which they are shown. */
  updates: readonly Update[]
  order: Order
  label: string
  /** Updates with a greater number came while the page was open. */
  openedAt: number
  left: Left | null
  /** The first update of the moment that the page was asked for. */
  spot: string | null
  liveEnd: RefObject<HTMLDivElement | null>
}

/** The updates, with the day said where it changes, and a line where the reader had left. */
export function Timeline({ slug, language, updates, order, label, openedAt, left, spot, liveEnd }: Props) {
  const timeZone = useTimeZone() ?? 'UTC'
  const end = <div ref={liveEnd} className={styles.liveEnd} />
  return (
    <section aria-label={label} className={styles.timeline}>
      {order === 'newest' && end}
      {updates.map((update, index) => {
        const before = updates[index - 1]
        const after = updates[index + 1]
        const { publishedAt } = update
        const isAtChange = [before, after].some(
          (each) => each && zoneOffset(each.publishedAt, timeZone) !== zoneOffset(publishedAt, timeZone) && isNear(each, update),
        )
        return (
          <UpdateEntry
            key={update.id}
            slug={slug}
            language={language}
            update={update}
            isNewDay={!before || dayIn(before.publishedAt, timeZone) !== dayIn(publishedAt, timeZone)}
            saysOffset={isAtChange}
            leftAt={left && isLeftBetween(left, before, update) ? left.at : null}
            isFresh={update.seq > openedAt}
            isSpot={update.id === spot}
          />
        )
      })}
      {order === 'oldest' && end}
    </section>
  )
}

const dayMs = 24 * 60 * 60_000

/** A change of the clock in a night explains itself by the day; within a day two times need their zone to be told apart. */
function isNear(one: Update, other: Update): boolean {
  return Math.abs(Date.parse(one.publishedAt) - Date.parse(other.publishedAt)) < dayMs
}
