'use client'

import { type ChangeEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import type { Cover } from '#lib/story/cover.ts'
import type { Focus } from '#lib/story/focus.ts'
import { uploadTypes } from '#lib/story/picture.ts'
import styles from './cover-field.module.css'
import { FocalPoint } from './focal-point.client.tsx'
import { PictureLibrary } from './picture-library.client.tsx'
import { Uploads } from './uploads.client.tsx'
import { useUploads } from './use-uploads.client.ts'

/** A cover as it is chosen and described. */
export type CoverText = { readonly src: string; readonly alt: string; readonly credit: string; readonly focus: Focus | null }

export function coverText(cover: Pick<Cover, 'src' | 'alt' | 'credit' | 'focus'>): CoverText {
  const { src, alt, credit, focus } = cover
  return { src, alt, credit: credit ?? '', focus }
}

type Props = { cover: CoverText | null; onChange: (cover: CoverText | null) => void; error: string | null }

/** The story's cover: chosen from the library or uploaded, with what must be said of it and what of it stays in view. */
export function CoverField({ cover, onChange, error }: Props) {
  const t = useTranslations('desk.story.settings')
  const tools = useTranslations('desk.composer')
  const [isLibraryOpen, setLibraryOpen] = useState(false)
  const fileInput = useRef<HTMLInputElement>(null)
  const cameraInput = useRef<HTMLInputElement>(null)
  const uploading = useUploads(({ src }) => onChange({ src, alt: '', credit: '', focus: null }))
  const takeFrom = (event: ChangeEvent<HTMLInputElement>) => {
    uploading.add(event.target.files ?? [])
    // The same file can be chosen again.
    event.target.value = ''
  }
  return (
    <fieldset className={styles.cover}>
      <legend>{t('cover')}</legend>
      <p className={styles.hint}>{t('coverHint')}</p>
      {cover && <Chosen cover={cover} onChange={onChange} error={error} />}
      <Uploads {...uploading} />
      <div className={styles.buttons}>
        <Button onClick={() => setLibraryOpen(true)}>{t('coverLibrary')}</Button>
        <Button onClick={() => fileInput.current?.click()}>{t('coverUpload')}</Button>
        <span className={styles.camera}>
          <Button onClick={() => cameraInput.current?.click()}>{t('coverCamera')}</Button>
        </span>
        {cover && (
          <Button look="quietDanger" onClick={() => onChange(null)}>
            {t('coverRemove')}
          </Button>
        )}
      </div>
      {/* Two: asked for the camera, a phone shows nothing else, and asked for pictures, some show no camera. */}
      <input ref={fileInput} type="file" accept={uploadTypes} hidden aria-label={tools('picture')} onChange={takeFrom} />
      <input ref={cameraInput} type="file" accept={uploadTypes} capture="environment" hidden aria-label={tools('camera')} onChange={takeFrom} />
      {isLibraryOpen && (
        <PictureLibrary
          onChoose={(picture) => {
            onChange(coverText(picture))
            setLibraryOpen(false)
          }}
          onClose={() => setLibraryOpen(false)}
        />
      )}
    </fieldset>
  )
}

function Chosen({ cover, onChange, error }: Props & { cover: CoverText }) {
  const t = useTranslations('desk.story.settings')
  return (
    <>
      <FocalPoint
        focus={cover.focus}
        onChange={(focus) => onChange({ ...cover, focus })}
        // biome-ignore lint/performance/noImgElement: our renditions are made by our own server, not by Next's.
        picture={<img className={styles.picture} src={`${cover.src}/480.webp`} alt={cover.alt} />}
      />
      <Field label={t('alt')} hint={t('altHint')} error={error}>
        {(control) => (
          <input {...control} maxLength={1000} required value={cover.alt} onChange={(event) => onChange({ ...cover, alt: event.target.value })} />
        )}
      </Field>
      <Field label={t('credit')} hint={t('creditHint')}>
        {(control) => (
          <input {...control} maxLength={300} value={cover.credit} onChange={(event) => onChange({ ...cover, credit: event.target.value })} />
        )}
      </Field>
    </>
  )
}
