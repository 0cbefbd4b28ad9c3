'use client'

import { type Ref, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Field } from '#components/ui/field.tsx'
import { bodyLimits } from '#lib/story/body.ts'
import styles from './body-field.module.css'
import { useDesk } from './desk-frame.client.tsx'
import { loadMarkdown, type MarkdownSource } from './markdown-source.client.ts'

type Mode = { kind: 'write' } | { kind: 'loading' } | { kind: 'failed' } | { kind: 'preview'; markdown: MarkdownSource }

type Props = {
  value: string
  onChange: (value: string) => void
  isReadOnly: boolean
  error: string | null
  shortcut: string
  ref?: Ref<HTMLTextAreaElement> | undefined
}

/** Markdown to write, or what readers would see of it. The field stays while it isn't seen, with its cursor where it was. */
export function BodyField({ value, onChange, isReadOnly, error, shortcut, ref }: Props) {
  const t = useTranslations('desk.composer')
  const { story } = useDesk()
  const previewId = useId()
  const [mode, setMode] = useState<Mode>({ kind: 'write' })
  const isWriting = mode.kind === 'write'

  const preview = async () => {
    setMode({ kind: 'loading' })
    const markdown = await loadMarkdown()
    // Whoever went back to writing meanwhile stays there.
    setMode((now) => (now.kind !== 'loading' ? now : markdown ? { kind: 'preview', markdown } : { kind: 'failed' }))
  }

  return (
    <div className={styles.body} data-writing={isWriting || undefined}>
      <fieldset className={styles.views} aria-label={t('view')}>
        <button type="button" aria-pressed={isWriting} onClick={() => setMode({ kind: 'write' })}>
          {t('write')}
        </button>
        <button type="button" aria-pressed={!isWriting} onClick={preview}>
          {t('preview')}
        </button>
      </fieldset>
      <Field label={t('body')} error={error} hint={isWriting && t('bodyHint', { action: shortcut })}>
        {(control) => (
          <textarea
            {...control}
            className={`${control.className} ${styles.text}`}
            ref={ref}
            lang={story.language}
            rows={6}
            readOnly={isReadOnly}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            tabIndex={isWriting ? undefined : -1}
            // Publishing puts the cursor here, whatever was looked at.
            onFocus={() => setMode({ kind: 'write' })}
          />
        )}
      </Field>
      {!isWriting && (
        <section id={previewId} className={styles.preview} aria-label={t('previewLabel')} lang={mode.kind === 'preview' ? story.language : undefined}>
          {mode.kind === 'loading' && <p role="status">{t('previewLoading')}</p>}
          {mode.kind === 'failed' && <p role="alert">{t('previewFailed')}</p>}
          {mode.kind === 'preview' &&
            (value.trim() === '' ? <p>{t('previewEmpty')}</p> : <BodyContent body={mode.markdown.bodyFromMarkdown(value)} />)}
        </section>
      )}
      <SizeHint text={value} />
    </div>
  )
}

/** Below this many characters no text comes near the limit, in any script. */
const shortText = bodyLimits.bytes / 4

/** How much room is left, once little is. The document is a little larger than its Markdown; the server measures it. */
function SizeHint({ text }: { text: string }) {
  const t = useTranslations('desk.composer')
  if (text.length < shortText) return null
  const bytes = new TextEncoder().encode(text).length
  if (bytes < bodyLimits.bytes * 0.75) return null
  return <p className={styles.size}>{t('bodyNear', { used: Math.ceil(bytes / 1024), most: bodyLimits.bytes / 1024 })}</p>
}
