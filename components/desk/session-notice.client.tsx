'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Warning } from './failure-notice.tsx'
import { useSessionEnd } from './use-session-end.client.ts'

/** Says at once that the session has ended: signed out in another tab, ended from another device, or by an admin. */
export function SessionNotice() {
  const t = useTranslations('desk.signIn')
  const [hasEnded, setHasEnded] = useState(false)
  useSessionEnd(() => setHasEnded(true))
  if (!hasEnded) return null
  return (
    <Warning text={t('endedHere')}>
      <a href={`/admin/sign-in?to=${encodeURIComponent(window.location.pathname)}`}>{t('now')}</a>
    </Warning>
  )
}
