'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import type { Reader } from '#lib/live/reader.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { Update } from '#lib/story/update.ts'
import type { View } from '#lib/story/view.ts'
import styles from './new-updates.module.css'
import { storyAddress, type Way } from './story-address.ts'
import { goToUpdate } from './use-reader.client.ts'

type Props = { view: View; way: Way; waiting: readonly Update[]; reader: Reader }

/** Says how many updates wait, and leads to the first of them; or what is breaking among them, and leads there. */
export function NewUpdates({ view, way, waiting, reader }: Props) {
  const t = useTranslations('story')
  const breaking = waiting.find((update) => update.breaking)
  const target = breaking ?? waiting.at(-1)
  if (!target) return null
  const show = () => {
    flushSync(reader.show)
    if (!goToUpdate(target.id)) window.location.assign(storyAddress(view.story.slug, way, { around: target.id }))
  }
  const Arrow = way.order === 'newest' ? ArrowUp : ArrowDown
  return (
    <div className={styles.place} data-order={way.order} data-floats>
      <button type="button" className={styles.button} onClick={show}>
        <Arrow aria-hidden size={16} />
        <span className={styles.words}>
          {breaking ? t('breakingNews', { title: lineOf(breaking).text }) : t('newUpdates', { count: waiting.length })}
        </span>
      </button>
    </div>
  )
}

/** Keeps the title of the page: the headline as it now is, and how many updates wait. */
export function StoryTitle({ headline, waiting }: { headline: string; waiting: number }) {
  const t = useTranslations('story')
  const site = useTranslations('site')
  const title = `${headline} – ${site('name')}`
  const counted = waiting > 0 ? t('titleCount', { count: waiting, title }) : title
  useEffect(() => {
    document.title = counted
  }, [counted])
  return null
}
