import type { RefObject } from 'react'
import { useTimeZone } from 'use-intl'
import { dayIn, zoneOffset } from '#components/ui/time-of-zone.ts'
import type { Claim } from '#lib/story/claim.ts'
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
  /** By the id of an update, those that it tells of or that rest on it. */
  claims: ReadonlyMap<string, readonly Claim[]>
  order: Order
  label: string
  /** Updates with a greater number came while the page was open. */
  openedAt?: number
  left?: Left | null
  /** The first update of the moment that the page was asked for. */
  spot?: string | null
  /** Where what is new appears, on a page that follows the story. */
  liveEnd?: RefObject<HTMLDivElement | null>
}

/** The updates, with the day said where it changes, and a line where the reader had left. */
export function Timeline({
  slug,
  language,
  updates,
  claims,
  order,
  label,
  openedAt = Number.POSITIVE_INFINITY,
  left = null,
  spot = null,
  liveEnd,
}: Props) {
  const timeZone = useTimeZone() ?? 'UTC'
  const end = liveEnd && <div ref={liveEnd} className={styles.liveEnd} />
  const times = updates.map((update) => localTime(update, timeZone))
  return (
    <section aria-label={label} className={styles.timeline}>
      {order === 'newest' && end}
      {updates.map((update, index) => {
        const [time, before, after] = [times[index], times[index - 1], times[index + 1]]
        return (
          <UpdateEntry
            key={update.id}
            slug={slug}
            language={language}
            update={update}
            claims={claims.get(update.id)}
            isNewDay={before?.day !== time?.day}
            saysOffset={[before, after].some((each) => isAtChange(time, each))}
            leftAt={left && isLeftBetween(left, updates[index - 1], update) ? left.at : null}
            isFresh={update.seq > openedAt}
            isSpot={update.id === spot}
          />
        )
      })}
      {order === 'oldest' && end}
    </section>
  )
}

type LocalTime = { readonly timeZone: string; readonly at: number; readonly offset: number; readonly day: number }

/** Worked out once an update: a long timeline is drawn with each new one. */
const known = new WeakMap<Update, LocalTime>()

function localTime(update: Update, timeZone: string): LocalTime {
  const before = known.get(update)
  if (before?.timeZone === timeZone) return before
  const { publishedAt } = update
  const at = Date.parse(publishedAt)
  const time = { timeZone, at, offset: zoneOffset(at, timeZone), day: dayIn(publishedAt, timeZone) }
  known.set(update, time)
  return time
}

const dayMs = 24 * 60 * 60_000

/** A change of the clock between two days explains itself; within a day two times need their zone to be told apart. */
function isAtChange(one: LocalTime | undefined, other: LocalTime | undefined): boolean {
  return one !== undefined && other !== undefined && one.offset !== other.offset && Math.abs(one.at - other.at) < dayMs
}
