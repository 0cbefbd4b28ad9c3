'use client'

import { Pencil } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { directionOf } from '#lib/story/language.ts'
import { Command } from './commands.client.tsx'
import { reviseStory } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice, Warning } from './failure-notice.tsx'
import styles from './in-place.module.css'
import { useKept } from './kept.client.ts'
import { isSendKey } from './send-key.ts'
import { useWriting } from './use-writing.client.ts'

const most = { headline: 200, standfirst: 600, closingSummary: 1000 } as const

/** What is being typed, and what stood there when that began. */
const typed = z.object({ text: z.string(), from: z.string() })

type Props = {
  name: keyof typeof most
  /** The text where it is only read. */
  children: ReactNode
}

/**
 * A text of the story that is changed where it stands. What is typed is kept in the browser until it is saved; when a colleague
 * was faster, both texts are there to choose from.
 */
export function InPlace({ name, children }: Props) {
  const t = useTranslations('desk.story')
  const { story, personId, can, send, announce, refresh } = useDesk()
  const { value, keep } = useKept(`staytuned.${name}.${personId}.${story.slug}`, typed)
  const { isSending, failure, run, clear } = useWriting()
  const opener = useRef<HTMLButtonElement>(null)
  const now = story[name]

  const begin = () => keep({ text: now, from: now })
  const stop = () => {
    keep(null)
    clear()
    // The button is there again once this has been drawn.
    setTimeout(() => opener.current?.focus())
  }
  const save = async () => {
    const text = value?.text.trim() ?? ''
    if (text === now || (text === '' && name === 'headline')) return stop()
    const answered = await run(() => send(() => reviseStory(story.slug, { [name]: text })))
    if (answered?.kind !== 'done') return
    announce(t('saved', { what: t(name) }))
    refresh()
    stop()
  }

  if (!can.revisesStory) return children
  if (value === null) {
    return (
      <div className={styles.read}>
        <Command label={t(`revise.${name}`)} onRun={begin} />
        {now !== '' && children}
        <Button ref={opener} look="quiet" title={t(`revise.${name}`)} aria-label={t(`revise.${name}`)} onClick={begin}>
          {now === '' ? t(`add.${name}`) : <Pencil aria-hidden size={16} />}
        </Button>
      </div>
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') stop()
    // A headline has no second line.
    else if (isSendKey(event) || (event.key === 'Enter' && name === 'headline' && !event.nativeEvent.isComposing)) void save()
    else return
    event.preventDefault()
  }
  const isOvertaken = now !== value.from && now !== value.text
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the field's; the buttons do the same.
    <div className={styles.written} onKeyDown={onKeyDown}>
      {/* A page without its heading has nothing to go by for whoever can't see it. */}
      {name === 'headline' && <div className="visually-hidden">{children}</div>}
      <Text name={name} text={value.text} onChange={(text) => keep({ ...value, text })} />
      {isOvertaken && (
        <Warning text={t('overtaken', { text: now })}>
          <Button onClick={stop}>{t('takeTheirs')}</Button>
        </Warning>
      )}
      <FailureNotice failure={failure} onRetry={() => void save()} />
      <div className={styles.buttons}>
        <Button look="main" isBusy={isSending} onClick={() => void save()}>
          {t(isSending ? 'saving' : isOvertaken ? 'saveMine' : 'save')}
        </Button>
        <Button onClick={stop}>{t('cancel')}</Button>
        <span>{t('left', { count: most[name] - value.text.length })}</span>
      </div>
    </div>
  )
}

/** Looks as what it becomes, and is as high as what is in it. */
function Text({ name, text, onChange }: { name: keyof typeof most; text: string; onChange: (text: string) => void }) {
  const t = useTranslations('desk.story')
  const { story } = useDesk()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <div className={styles.field} data-name={name} data-text={text}>
      <textarea
        ref={field}
        rows={1}
        aria-label={t(name)}
        lang={story.language}
        dir={directionOf(story.language)}
        maxLength={most[name]}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
