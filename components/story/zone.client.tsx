'use client'

import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { IntlProvider, useLocale, useTranslations } from 'use-intl'
import { preference } from '#components/ui/preference.client.ts'
import { isSameZone, zoneName } from '#components/ui/time-of-zone.ts'
import styles from './live-bar.module.css'

const zoneChoice = preference('zone', ['own', 'story'])

type Zone = { readonly own: string; readonly isOwn: boolean }

/**
 * The zone that times are told in: the reader's own, or the story's. The server knows the story's alone; the page comes to
 * life with that, and changes over when it has time to.
 */
function useZone(storyZone: string): Zone {
  const [zone, setZone] = useState<Zone>({ own: storyZone, isOwn: false })
  useEffect(() => {
    const tell = () => {
      const own = Intl.DateTimeFormat().resolvedOptions().timeZone
      startTransition(() => setZone({ own, isOwn: zoneChoice.get() === 'own' && !isSameZone(own, storyZone) }))
    }
    tell()
    return zoneChoice.subscribe(tell)
  }, [storyZone])
  return zone
}

/** Tells the times below it in the zone that the reader has chosen. */
export function InZone({ storyZone, children }: { storyZone: string; children: ReactNode }) {
  const { own, isOwn } = useZone(storyZone)
  const zone = isOwn ? own : storyZone
  return (
    <IntlProvider locale={useLocale()} timeZone={zone}>
      {children}
    </IntlProvider>
  )
}

/** Says which zone it is, and changes it where there are two. */
export function ZoneSwitch({ storyZone }: { storyZone: string }) {
  const t = useTranslations('story.zone')
  const { own, isOwn } = useZone(storyZone)
  if (isSameZone(own, storyZone)) return <p className={styles.zone}>{t('only', { zone: zoneName(storyZone) })}</p>
  return (
    <button
      type="button"
      className={styles.zone}
      title={isOwn ? t('toStory', { zone: zoneName(storyZone) }) : t('toOwn', { zone: zoneName(own) })}
      onClick={() => zoneChoice.set(isOwn ? 'story' : 'own')}
    >
      {isOwn ? t('own', { zone: zoneName(own) }) : t('story', { zone: zoneName(storyZone) })}
    </button>
  )
}
