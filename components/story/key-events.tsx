import { useEffect, useRef } from 'react'
import { useTimeZone, useTranslations } from 'use-intl'
import { Moment } from '#components/ui/moment.tsx'
import { dayIn } from '#components/ui/time-of-zone.ts'
import type { UpdateLine } from '#lib/story/update-line.ts'
import styles from './key-events.module.css'
import { storyAddress, type Way } from './story-address.ts'

type Props = {
  slug: string
  way: Way
  /** Newest first. */
  keyEvents: readonly UpdateLine[]
  /** The number of the update that is being read. */
  readingSeq: number | null
  /** Whether an update is on this page; the others are a page away. */
  isHere: (seq: number) => boolean
  onGo?: () => void
}

/** The key events by their titles, the one that the reader is at marked. */
export function KeyEvents({ slug, way, keyEvents, readingSeq, isHere, onGo }: Props) {
  const t = useTranslations('story.keyEvents')
  const timeZone = useTimeZone() ?? 'UTC'
  const list = useRef<HTMLOListElement>(null)
  const current = readingSeq === null ? undefined : keyEvents.find(({ seq }) => seq <= readingSeq)?.id
  const isOneDay = new Set(keyEvents.map(({ publishedAt }) => dayIn(publishedAt, timeZone))).size < 2

  useEffect(() => {
    if (current) keepInSight(list.current)
  }, [current])

  if (keyEvents.length === 0) return <p className={styles.none}>{t('none')}</p>
  return (
    <ol ref={list} className={styles.list} reversed>
      {keyEvents.map(({ id, seq, publishedAt, text }) => (
        <li key={id} className={styles.item} aria-current={id === current || undefined}>
          <a href={isHere(seq) ? `#${id}` : storyAddress(slug, { order: way.order }, { around: id })} onClick={onGo}>
            <Moment at={publishedAt} form={isOneDay ? 'time' : 'day-and-time'} className={styles.time} />
            <span className={styles.text}>{text}</span>
          </a>
        </li>
      ))}
    </ol>
  )
}

/** Scrolls the list, and nothing else, so far that the marked one can be seen. */
function keepInSight(list: HTMLElement | null): void {
  const item = list?.querySelector<HTMLElement>('[aria-current]')
  if (!list || !item) return
  const { top, bottom } = list.getBoundingClientRect()
  const place = item.getBoundingClientRect()
  if (place.top < top) list.scrollTop -= top - place.top
  else if (place.bottom > bottom) list.scrollTop += place.bottom - bottom
}
