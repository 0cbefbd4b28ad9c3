'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import type { KeptPicture } from '#lib/story/kept-picture.ts'
import { FailureNotice } from './failure-notice.tsx'
import styles from './picture-library.module.css'
import { useLibrary } from './use-library.client.ts'

type Props = { onChoose: (picture: KeptPicture) => void; onClose: () => void }

/** The pictures that were uploaded, to look through and to take one from. */
export function PictureLibrary({ onChoose, onClose }: Props) {
  const t = useTranslations('desk.library')
  const [words, setWords] = useState('')
  const { pictures, next, loading, failure, more, retry } = useLibrary(words.trim())
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={onClose} size="page">
      <div className={styles.library}>
        <Field label={t('search')} hint={t('searchHint')}>
          {(control) => (
            <input {...control} type="search" autoFocus maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />
          )}
        </Field>
        <p role="status" className={styles.state}>
          {loading === 'search'
            ? t('loading')
            : failure
              ? ''
              : t(words.trim() ? 'found' : 'count', { count: pictures?.length ?? 0, more: String(next !== null) })}
        </p>
        {pictures && pictures.length > 0 && (
          <ul className={styles.pictures} aria-busy={loading === 'search'}>
            {pictures.map((picture) => (
              <li key={picture.id}>
                <Thumbnail picture={picture} onChoose={() => onChoose(picture)} />
              </li>
            ))}
          </ul>
        )}
        <FailureNotice failure={failure} onRetry={retry} unreachable={t('unreachable')} />
        {next !== null && loading !== 'search' && !failure && (
          <Button isBusy={loading === 'more'} onClick={more}>
            {t(loading === 'more' ? 'loadingMore' : 'more')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function Thumbnail({ picture: { src, alt, credit, name, width, height, focus }, onChoose }: { picture: KeptPicture; onChoose: () => void }) {
  const t = useTranslations('desk.library')
  return (
    <button type="button" className={styles.thumbnail} onClick={onChoose}>
      {/* biome-ignore lint/performance/noImgElement: our renditions are made by our own server, not by Next's. */}
      <img
        src={`${src}/320.webp`}
        width={width}
        height={height}
        alt=""
        loading="lazy"
        decoding="async"
        style={focus ? { objectPosition: `${focus.x * 100}% ${focus.y * 100}%` } : undefined}
      />
      <span className={styles.alt}>{alt || t('undescribed')}</span>
      {credit && <span className={styles.credit}>{credit}</span>}
      {name && <span className={styles.credit}>{name}</span>}
    </button>
  )
}
