'use client'

import { createTranslator } from 'use-intl/core'
import { Notice } from '#components/ui/notice.tsx'
import messages from '#lib/messages/en.json'

// The providers may be what is broken: this page brings its own words.
const t = createTranslator({ locale: 'en-GB', messages, namespace: 'errors' })

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <Notice title={t('brokenTitle')} text={t('brokenText')}>
      <button type="button" onClick={reset}>
        {t('retry')}
      </button>
      <a href="/">{t('toStories')}</a>
    </Notice>
  )
}
