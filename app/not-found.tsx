import type { Metadata } from 'next'
import { Notice } from '#components/ui/notice.tsx'
import { translator } from '#lib/messages/translator.ts'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  const t = translator('errors')
  return (
    <Notice title={t('notFoundTitle')} text={t('notFoundText')}>
      <a href="/">{t('toStories')}</a>
    </Notice>
  )
}
