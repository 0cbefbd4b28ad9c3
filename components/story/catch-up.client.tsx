'use client'

import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { CloseButton } from '#components/ui/close-button.tsx'
import { usePastMoment } from '#components/ui/moment.tsx'
import { fetchChanges, type Missed } from '#lib/live/fetch-changes.ts'
import type { Reader } from '#lib/live/reader.ts'
import styles from './catch-up.module.css'
import { useChangeWords } from './change-words.ts'
import { keepLeft, keptLeft } from './left-off.client.ts'
import { storyAddress, type Way } from './story-address.ts'
import { goToUpdate } from './use-reader.client.ts'

/** Somebody who looks away for less than this hasn't left. */
const awayMs = 60_000

type Told = Missed & { readonly since: number }

/** Tells a reader who comes back what happened since they left, and leads them to where it begins. */
export function CatchUp({ slug, way, reader }: { slug: string; way: Way; reader: Reader }) {
  const t = useTranslations('story.missed')
  const sayPast = usePastMoment()
  const sayChanges = useChangeWords()
  const [told, setTold] = useState<Told | null>(null)

  useEffect(() => {
    const tell = async (since: number, epoch: number, seq: number) => {
      const missed = await fetchChanges(slug, epoch, seq)
      if (!missed || !isAny(missed)) return
      reader.returnTo({ seq, at: since })
      setTold({ ...missed, since })
    }
    const leave = () => {
      const { view, reading } = reader.getSnapshot()
      keepLeft(slug, { epoch: view.epoch, seq: reading.shownTo, at: Date.now() })
    }
    const comeBack = () => {
      const left = keptLeft(slug)
      if (left && Date.now() - left.at >= awayMs) void tell(left.at, left.epoch, left.seq)
    }
    const onVisibility = () => (document.visibilityState === 'visible' ? comeBack() : leave())
    comeBack()
    document.addEventListener('visibilitychange', onVisibility)
    window.addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      window.removeEventListener('pagehide', leave)
    }
  }, [slug, reader])

  if (!told) return null
  const { first, since } = told
  const goFirst = () => {
    if (!first) return
    flushSync(() => {
      reader.show()
      setTold(null)
    })
    if (!goToUpdate(first.id)) window.location.assign(storyAddress(slug, way, { around: first.id }))
  }
  return (
    <aside className={styles.card} aria-label={t('label')} data-floats>
      <p className={styles.what}>
        <strong>{t('since', { time: sayPast(since) })}</strong> {sayChanges(told)}
      </p>
      {first && (
        <p className={styles.ways}>
          <button type="button" onClick={goFirst}>
            {t('goFirst')}
          </button>
          <a href={storyAddress(slug, { order: 'oldest' }, { around: first.id })}>{t('readOn')}</a>
        </p>
      )}
      <div className={styles.close}>
        <CloseButton label={t('dismiss')} onClick={() => setTold(null)} />
      </div>
    </aside>
  )
}

function isAny({ updates, corrections, withdrawals, reassessments, answers }: Missed): boolean {
  return updates + corrections + withdrawals + reassessments + answers > 0
}
