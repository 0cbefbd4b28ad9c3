'use client'

import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Side } from '#lib/story/fold.ts'
import styles from './more-updates.module.css'

type Props = {
  side: Side
  address: string
  load: (side: Side) => Promise<boolean>
  /** Loads as the end comes near, as well as when asked to. */
  isEager: boolean
}

/** How long before the end is in sight the next part is asked for. */
const ahead = '1200px'

/** A link to the next part of the timeline, for whoever has no JavaScript; with it, that part is added where the link is. */
export function MoreUpdates({ side, address, load, isEager }: Props) {
  const t = useTranslations('story')
  const link = useRef<HTMLAnchorElement>(null)
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const isLoading = useRef(false)

  const more = useCallback(async () => {
    if (isLoading.current) return
    isLoading.current = true
    setState('loading')
    const isLoaded = await load(side)
    isLoading.current = false
    setState(isLoaded ? 'idle' : 'failed')
  }, [load, side])

  useEffect(() => {
    const { current } = link
    // What failed is tried again when it is asked for, not as fast as it fails.
    if (!current || !isEager || state !== 'idle') return
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && void more(), { rootMargin: ahead })
    sight.observe(current)
    return () => sight.disconnect()
  }, [isEager, state, more])

  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void more()
  }
  return (
    <nav className={styles.more} aria-label={t(side)}>
      <a ref={link} href={address} onClick={onClick} aria-busy={state === 'loading'}>
        {state === 'loading' ? t('moreLoading') : t(side)}
      </a>
      <p role="alert">{state === 'failed' && t('moreFailed')}</p>
    </nav>
  )
}
