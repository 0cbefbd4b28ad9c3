'use client'

import { type ComponentType, memo, type Ref, useDeferredValue, useEffect, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { type Body, bodyLimits, isWritten } from '#lib/story/body.ts'
import { bodyText } from '#lib/story/body-text.ts'
import styles from './body-field.module.css'
import { useDesk } from './desk-frame.client.tsx'
import { Warning } from './failure-notice.tsx'
import type { RichTextProps, Writer } from './rich-text.client.tsx'

type Props = {
  value: Body
  onChange: (value: Body) => void
  /** Somebody says so: what is selected, or nothing. */
  onClaim: (words: string) => void
  isReadOnly: boolean
  error: string | null
  shortcut: string
  ref?: Ref<Writer> | undefined
}

/** The text of an entry: to write, or as readers would see it. The editor stays while it isn't seen, with its cursor where it was. */
export function BodyField({ value, onChange, onClaim, isReadOnly, error, shortcut, ref }: Props) {
  const t = useTranslations('desk.composer')
  const { story } = useDesk()
  const [isPreviewed, setPreviewed] = useState(false)
  const { RichText, hasFailed, load } = useEditorCode()
  return (
    <div className={styles.body}>
      <fieldset className={styles.views} aria-label={t('view')}>
        <button type="button" aria-pressed={!isPreviewed} onClick={() => setPreviewed(false)}>
          {t('write')}
        </button>
        <button type="button" aria-pressed={isPreviewed} onClick={() => setPreviewed(true)}>
          {t('preview')}
        </button>
      </fieldset>
      <Field label={t('body')} error={error} hint={isPreviewed ? undefined : t('bodyHint', { action: shortcut })}>
        {(control) => (
          <div hidden={isPreviewed} className={styles.editor}>
            {RichText ? (
              <RichText
                value={value}
                onChange={onChange}
                onClaim={onClaim}
                isReadOnly={isReadOnly}
                language={story.language}
                label={t('body')}
                describedBy={control['aria-describedby']}
                isInvalid={control['aria-invalid'] ?? false}
                ref={ref}
              />
            ) : hasFailed ? (
              <Warning text={t('editorFailed')}>
                <Button onClick={load}>{t('editorRetry')}</Button>
              </Warning>
            ) : (
              <p role="status">{t('editorLoading')}</p>
            )}
          </div>
        )}
      </Field>
      {isPreviewed && (
        <section className={styles.preview} aria-label={t('previewLabel')} lang={story.language}>
          {isWritten(value) ? <BodyContent body={value} /> : <p>{t('previewEmpty')}</p>}
        </section>
      )}
      <Size body={useDeferredValue(value)} />
    </div>
  )
}

/** The editor is larger than all the rest of the desk: it comes by itself, once the desk stands. */
function useEditorCode() {
  const [RichText, setRichText] = useState<ComponentType<RichTextProps> | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const load = () => {
    setFailed(false)
    import('./rich-text.client.tsx').then(
      ({ RichText }) => setRichText(() => RichText),
      () => setFailed(true),
    )
  }
  useEffect(load, [])
  return { RichText, hasFailed, load }
}

/** How long the text is, and how much room is left once little is. */
const Size = memo(function Size({ body }: { body: Body }) {
  const t = useTranslations('desk.composer')
  const locale = useLocale()
  const text = bodyText(body)
  const words = countWords(text, locale)
  const bytes = text.length < bodyLimits.bytes / 8 ? 0 : new TextEncoder().encode(JSON.stringify(body)).length
  if (words === 0) return null
  return (
    <p className={styles.size} data-near={bytes > bodyLimits.bytes * 0.75 || undefined}>
      {t('words', { count: words })}
      {bytes > bodyLimits.bytes * 0.75 && ` ${t('bodyNear', { used: Math.ceil(bytes / 1024), most: bodyLimits.bytes / 1024 })}`}
    </p>
  )
})

const segmenters = new Map<string, Intl.Segmenter>()

/** As the language of the desk counts words; a long text is counted by its spaces, which takes no time. */
function countWords(text: string, locale: string): number {
  if (text.length > 5_000 || typeof Intl.Segmenter !== 'function') return text.match(/\S+/g)?.length ?? 0
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' })
  segmenters.set(locale, segmenter)
  let words = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1
  return words
}
