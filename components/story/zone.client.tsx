'use client'

import type { ReactNode } from 'react'
import { IntlProvider, useLocale, useTranslations } from 'use-intl'
import { preference, usePreference } from '#components/ui/preference.client.ts'
import { isSameZone, zoneName } from '#components/ui/time-of-zone.ts'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import styles from './live-bar.module.css'

const zoneChoice = preference('zone', ['own', 'story'])

/** The zone that times are told in: the reader's own, or the story's. The server knows the story's alone. */
function useZone(storyZone: string): { zone: string; own: string; isOwn: boolean } {
  const isHydrated = useHydrated()
  const choice = usePreference(zoneChoice, 'story')
  const own = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : storyZone
  const isOwn = choice === 'own' && !isSameZone(own, storyZone)
  return { zone: isOwn ? own : storyZone, own, isOwn }
}

/** Tells the times below it in the zone that the reader has chosen. */
export function InZone({ storyZone, children }: { storyZone: string; children: ReactNode }) {
  const { zone } = useZone(storyZone)
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
