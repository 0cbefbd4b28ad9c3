'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { FailureNotice } from './failure-notice.tsx'
import styles from './rich-text.module.css'
import type { Upload, useUploads } from './use-uploads.client.ts'

/** How far each picture has come, and what became of those that didn't arrive. */
export function Uploads({ uploads, retry, cancel }: ReturnType<typeof useUploads>) {
  if (uploads.length === 0) return null
  return (
    <ul className={styles.uploads}>
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} onRetry={() => retry(upload)} onCancel={() => cancel(upload)} />
      ))}
    </ul>
  )
}

function UploadRow({ upload: { file, share, failure }, onRetry, onCancel }: { upload: Upload; onRetry: () => void; onCancel: () => void }) {
  const t = useTranslations('desk.picture')
  return (
    <li>
      <p>{t('uploading', { name: file.name })}</p>
      {failure ? (
        <FailureNotice failure={failure} onRetry={onRetry} unreachable={t('unreachable')} />
      ) : (
        <progress aria-label={t('uploading', { name: file.name })} value={share} max={1} />
      )}
      <Button look="quiet" onClick={onCancel}>
        {t(failure ? 'dismiss' : 'cancel')}
      </Button>
    </li>
  )
}
