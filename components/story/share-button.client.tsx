'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { Update } from '#lib/story/update.ts'
import { said } from './announcer.client.tsx'
import styles from './share-button.module.css'
import { updateAddress } from './story-address.ts'

/** Hands the update's own address to the device's way of sharing, or to the clipboard. Hidden until the script runs. */
export function ShareButton({ slug, update }: { slug: string; update: Update }) {
  const t = useTranslations('story')
  const say = useMoment()
  const [outcome, setOutcome] = useState<string | null>(null)
  const share = async () => {
    const url = new URL(updateAddress(slug, update.id), window.location.href).href
    const outcome = await shareOrCopy(url, update.title ?? document.title, { copied: t('shareCopied'), failed: t('shareFailed', { url }) })
    setOutcome(outcome)
    if (outcome) said.set(outcome)
  }
  return (
    <span className={styles.share}>
      <button type="button" aria-label={t('shareLabel', { time: say(update.publishedAt, 'time') })} onClick={share}>
        {t('share')}
      </button>
      {outcome}
    </span>
  )
}

async function shareOrCopy(url: string, title: string, words: { copied: string; failed: string }): Promise<string | null> {
  if (typeof navigator.share === 'function') {
    try {
      await navigator.share({ url, title })
      return null
    } catch (error) {
      // Closed without sharing is a choice; anything else is a reason to copy.
      if (error instanceof DOMException && error.name === 'AbortError') return null
    }
  }
  try {
    await navigator.clipboard.writeText(url)
    return words.copied
  } catch {
    // No permission, or a page that isn't secure: the reader can still copy it by hand.
    return words.failed
  }
}
