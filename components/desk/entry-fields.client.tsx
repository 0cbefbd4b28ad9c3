'use client'

import { type RefObject, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { CheckField, Field } from '#components/ui/field.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { BodyField } from './body-field.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import styles from './entry-fields.module.css'
import type { EntryText } from './entry-text.ts'
import type { Writer } from './rich-text.client.tsx'
import { instantFromLocal } from './zoned-time.ts'

const longestTitle = 200
const nearTitle = 160

type Props = {
  text: EntryText
  onChange: (change: Partial<EntryText>) => void
  /** While it is being sent: what would be typed now could be lost. */
  isSending?: boolean
  /** What the server found wrong with a field. */
  errorAt?: (path: string, field: string) => string | null
  bodyError?: string | null
  claimsError?: string | null
  /** What Ctrl+Enter does. */
  shortcut: string
  bodyRef?: RefObject<Writer | null>
  /** Whether it may be given a time at which it is published by itself. */
  isScheduled?: boolean
  /** Whether it may be said that it is pinned once it is published. */
  isPinned?: boolean
}

/** The fields of an entry, the same wherever one is written or changed. */
export function EntryFields({
  text,
  onChange,
  isSending = false,
  errorAt = nothingWrong,
  bodyError,
  claimsError,
  shortcut,
  bodyRef,
  isScheduled = false,
  isPinned = false,
}: Props) {
  const t = useTranslations('desk.composer')
  const { story, can } = useDesk()
  const isHydrated = useHydrated()
  const isReadOnly = isSending || !isHydrated
  const left = longestTitle - text.title.length
  // What is filled in isn't hidden.
  const hasMore = [text.author, text.tags, text.claims, text.occurredAt, text.publishAt].some(Boolean)
  const claims = useRef<HTMLTextAreaElement>(null)
  /** A line that begins with the place for the name. */
  const noteClaim = (words: string) => {
    const before = text.claims === '' ? '' : `${text.claims.trimEnd()}\n`
    flushSync(() => onChange({ claims: `${before}: ${words}` }))
    claims.current?.focus()
    claims.current?.setSelectionRange(before.length, before.length)
  }
  return (
    <>
      <Field
        label={t('title')}
        hint={text.title.length >= nearTitle ? t('titleLeft', { count: left }) : undefined}
        error={errorAt('title', t('title'))}
      >
        {(control) => (
          <input
            {...control}
            className={`${control.className} ${styles.title}`}
            lang={story.language}
            maxLength={longestTitle}
            placeholder={t('titleHint')}
            readOnly={isReadOnly}
            value={text.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <BodyField
        value={text.body}
        onChange={(body) => onChange({ body })}
        onClaim={noteClaim}
        isReadOnly={isReadOnly}
        error={bodyError ?? errorAt('body', t('body'))}
        shortcut={shortcut}
        ref={bodyRef}
      />
      <div className={styles.extras}>
        <CheckField
          label={t('key')}
          hint={t('keyHint')}
          isChecked={text.key}
          onChange={(key) => onChange(key ? { key } : { key, breaking: false })}
          isReadOnly={isReadOnly}
        />
        {can.publishes && (
          <CheckField
            label={t('breaking')}
            hint={t('breakingHint')}
            isChecked={text.breaking}
            onChange={(breaking) => onChange(breaking ? { breaking, key: true } : { breaking })}
            isReadOnly={isReadOnly}
          />
        )}
        {isPinned && (
          <CheckField
            label={t('pinned')}
            hint={t('pinnedHint')}
            isChecked={text.pinned}
            onChange={(pinned) => onChange({ pinned })}
            isReadOnly={isReadOnly}
          />
        )}
      </div>
      <details className={styles.more} open={hasMore || undefined}>
        <summary>{t(can.publishes ? 'more' : 'moreOfDraft')}</summary>
        <div className={styles.extras}>
          {can.publishes && <LineField name="author" {...{ text, onChange, isReadOnly, errorAt }} />}
          <LineField name="tags" {...{ text, onChange, isReadOnly, errorAt }} />
          <Field label={t('claims')} hint={t('claimsHint')} error={claimsError ?? errorAt('claims', t('claims'))}>
            {(control) => (
              <textarea
                {...control}
                ref={claims}
                rows={2}
                lang={story.language}
                readOnly={isReadOnly}
                value={text.claims}
                onChange={(event) => onChange({ claims: event.target.value })}
              />
            )}
          </Field>
          <TimeField name="occurredAt" {...{ text, onChange, isReadOnly, errorAt }} />
          {isScheduled && <TimeField name="publishAt" {...{ text, onChange, isReadOnly, errorAt }} />}
        </div>
      </details>
    </>
  )
}

const nothingWrong = () => null

type FieldProps = Required<Pick<Props, 'text' | 'onChange' | 'errorAt'>> & { isReadOnly: boolean }
type TimeFieldProps = FieldProps & { name: 'occurredAt' | 'publishAt' }

function LineField({ name, text, onChange, errorAt, isReadOnly }: FieldProps & { name: 'author' | 'tags' }) {
  const t = useTranslations('desk.composer')
  return (
    <Field label={t(name)} hint={t(`${name}Hint`)} error={errorAt(name, t(name))}>
      {(control) => (
        <input
          {...control}
          maxLength={longestLine[name]}
          readOnly={isReadOnly}
          value={text[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}

const longestLine = { author: 120, tags: 300 } as const

/** A time on the story's clock; and once there is one, what it means, for where clocks are changed it may not be what it seems. */
function TimeField({ name, text, onChange, errorAt, isReadOnly }: TimeFieldProps) {
  const t = useTranslations('desk.composer')
  const say = useMoment()
  const { timeZone } = useDesk().story
  const local = text[name]
  const instant = local === '' ? null : instantFromLocal(local, timeZone)
  const hint = instant ? t(`${name}Told`, { time: say(instant, 'time-and-zone') }) : t(`${name}Hint`, { zone: timeZone.replaceAll('_', ' ') })
  return (
    <Field label={t(name)} hint={hint} error={errorAt(name, t(name))}>
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          readOnly={isReadOnly}
          value={local}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}
