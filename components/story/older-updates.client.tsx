'use client'

import { type MouseEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import styles from './older-updates.module.css'

type Props = { slug: string; cursor: string; load: () => Promise<boolean> }

/** A link to the older part of the timeline, for whoever has no JavaScript; with it, that part is added below. */
export function OlderUpdates({ slug, cursor, load }: Props) {
  const t = useTranslations('story')
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const onClick = async (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    if (state === 'loading') return
    setState('loading')
    setState((await load()) ? 'idle' : 'failed')
  }
  return (
    <div className={styles.older}>
      <a href={`/stories/${slug}?before=${cursor}`} onClick={onClick} aria-busy={state === 'loading'}>
        {t(state === 'loading' ? 'olderLoading' : 'older')}
      </a>
      <p role="status">{state === 'failed' && t('olderFailed')}</p>
    </div>
  )
}
