'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { v4 as uuidv4 } from 'uuid'
import { Button } from '#components/ui/button.tsx'
import { isWritten } from '#lib/story/body.ts'
import { lacksAlt } from '#lib/story/body-pictures.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { Reached } from '#lib/story/reached.ts'
import type { TemplateName } from '#lib/story/templates.ts'
import type { Update } from '#lib/story/update.ts'
import { AskBreaking } from './ask-breaking.client.tsx'
import { Beginnings } from './beginnings.client.tsx'
import { Command } from './commands.client.tsx'
import styles from './composer.module.css'
import { useDesk } from './desk-frame.client.tsx'
import { useOpenEdit } from './editing.client.tsx'
import { EntryFields } from './entry-fields.client.tsx'
import { areClaimsWhole, type EntryText, emptyText, entryText, isBlank, sameText, scheduled } from './entry-text.ts'
import { Warning } from './failure-notice.tsx'
import form from './form.module.css'
import { Held, type HeldEntry } from './held.client.tsx'
import { HoldChoice, holdChoice, usualHold } from './hold-choice.tsx'
import { useKept } from './kept.client.ts'
import type { Outgoing } from './outbox.ts'
import { OutboxList } from './outbox-list.client.tsx'
import type { Writer } from './rich-text.client.tsx'
import { isSendKey } from './send-key.ts'
import { Sent, type SentEntry } from './sent.tsx'
import { UnsentElsewhere } from './unsent-elsewhere.client.tsx'
import { useAutosave } from './use-autosave.client.ts'
import { useOutbox } from './use-outbox.client.ts'

/** What is missing before it can be sent. */
type Missing = 'empty' | 'altMissing' | 'uploading' | 'claimsUnsigned'

type Props = {
  template: TemplateName | null
  updates: readonly Update[]
  drafts: readonly Draft[]
  /** What this person published last. */
  latestOwn: Update | null
  reached: readonly Reached[]
  /** When the server was asked for these, in ms since 1970. */
  readAt: number
}

/**
 * Where updates are written. Each keystroke is kept in the browser; what is published goes to the outbox, which sends it as soon
 * as it can, and the next can be written at once.
 */
export function Composer({ template, updates, drafts, latestOwn, reached, readAt }: Props) {
  const t = useTranslations('desk.composer')
  const failureWords = useTranslations('desk.failure')
  const unsentWords = useTranslations('desk.unsent')
  const { story, personId, can, refresh } = useDesk()
  const { value, keep: keepHere, isSafe, current } = useKept(`staytuned.composer.${personId}.${story.slug}`, entryText)
  const text: EntryText = value ?? emptyText
  const [missing, setMissing] = useState<Missing | null>(null)
  const [asked, setAsked] = useState<'published' | 'scheduled' | null>(null)
  const [sent, setSent] = useState<SentEntry | null>(null)
  const openEdit = useOpenEdit()
  const bodyRef = useRef<Writer>(null)
  const [held, setHeld] = useState<readonly HeldEntry[]>([])
  const { value: chosenHold, keep: chooseHold } = useKept(`staytuned.hold.${personId}`, holdChoice)
  const hold = chosenHold ?? usualHold
  const { outbox, entries, state } = useOutbox(({ as, text, hold }, answer) => {
    if (as === 'published' && answer.publishedAt === null) setHeld((all) => [...all, { ...answer, text, until: Date.now() + hold * 1000 }])
    else setSent({ ...answer, as })
    refresh()
  })
  const unsent = useAutosave(current, entries.length === 0)
  const isMoved = unsent.moved !== null && sameText(unsent.moved, text)
  const keep = (next: EntryText | null) => {
    keepHere(next)
    unsent.changed()
  }

  /** With the letter that was typed last, also where the page hasn't been drawn since. */
  const latestText = () => {
    bodyRef.current?.handOn()
    return current() ?? emptyText
  }

  const onChange = (change: Partial<EntryText>) => {
    setMissing(null)
    keep({ ...(current() ?? emptyText), ...change })
  }

  const submit = (as: Outgoing['as'], isSure = false) => {
    const text = latestText()
    const lacks = lacking(text, as, bodyRef.current)
    setMissing(lacks)
    setAsked(null)
    if (!lacks && !isSure && text.breaking && (as === 'published' || as === 'scheduled')) return setAsked(as)
    if (!lacks) {
      outbox.add({ idempotencyKey: uuidv4(), text, as, hold })
      keep(null)
      setSent(null)
    }
    bodyRef.current?.focus()
  }
  const isFree = () => isBlank(latestText())
  /** False, and nothing is done, if something else is being written. */
  const writeOn = (text: EntryText): boolean => {
    if (!isFree()) return false
    keep(text)
    bodyRef.current?.focus()
    return true
  }
  const takeBack = (entry: Outgoing) => {
    if (isFree() && outbox.takeOut(entry)) writeOn(entry.text)
  }
  const outcomeOf = ({ id, until }: HeldEntry) => {
    if (updates.some((update) => update.id === id)) return 'out'
    const draft = drafts.find((each) => each.id === id)
    if (draft) return draft.publishAt === null ? 'draft' : 'waits'
    // Only what was asked after its time can tell that it is nowhere.
    return readAt > until ? 'gone' : null
  }
  const letGo = (entry: HeldEntry, outcome: 'out' | 'draft') => {
    setHeld((all) => all.filter(({ id }) => id !== entry.id))
    if (outcome === 'out')
      setSent({ ...entry, as: 'published', publishedAt: updates.find(({ id }) => id === entry.id)?.publishedAt ?? entry.publishAt })
  }
  const main: Outgoing['as'] = !can.publishes ? 'submitted' : text.publishAt === '' ? 'published' : 'scheduled'

  const last = latestOwn && (updates.find(({ id }) => id === latestOwn.id) ?? latestOwn)
  const editsLast = can.revises && last !== null && last.withdrawal === null

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' && editsLast && isFree() && !event.defaultPrevented && isPlain(event)) {
      event.preventDefault()
      openEdit({ entry: last, kind: 'edit' })
    }
    if (!isSendKey(event)) return
    event.preventDefault()
    submit(main)
  }

  return (
    <section aria-label={t('label')}>
      <h2 className={styles.heading}>{t('label')}</h2>
      <Command label={t('label')} onRun={() => bodyRef.current?.focus()} />
      {editsLast && <Command label={t('editLast')} onRun={() => openEdit({ entry: last, kind: 'edit' })} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the shortcut works from each of the fields; the buttons do the same. */}
      <div className={form.form} onKeyDown={onKeyDown}>
        <UnsentElsewhere
          texts={unsent.elsewhere}
          isWriting={!isBlank(text)}
          onTake={(entry) => void unsent.take(entry, writeOn)}
          onThrowAway={unsent.throwAway}
        />
        {isMoved && (
          <div className={form.aside}>
            <p>{unsentWords('moved')}</p>
            <Button onClick={() => keep(null)}>{unsentWords('empty')}</Button>
          </div>
        )}
        {template && <Beginnings template={template} isOffered={isBlank(text)} onBegin={writeOn} />}
        <EntryFields
          text={text}
          onChange={onChange}
          bodyError={missing && missing !== 'claimsUnsigned' ? t(missing) : null}
          claimsError={missing === 'claimsUnsigned' ? t(missing) : null}
          isScheduled={can.publishes}
          isPinned={can.pins}
          shortcut={t(mainWords[main].action)}
          bodyRef={bodyRef}
        />
        {/* Its room is always there: what comes and goes by itself must not take a button away from under a click. */}
        <p className={styles.keptOn}>{unsent.state !== 'none' && !isMoved && !isBlank(text) && unsentWords(unsent.state)}</p>
        {!isSafe && <Warning text={failureWords('notKept')} />}
        {story.status === 'closed' && <p className={styles.closed}>{t('closed')}</p>}
        <div className={form.buttons}>
          <Button look="main" onClick={() => submit(main)}>
            {t(mainWords[main].button)}
          </Button>
          <Button onClick={() => submit('draft')}>{t('saveDraft')}</Button>
          {main === 'published' && <HoldChoice hold={hold} onChange={chooseHold} />}
        </div>
        <OutboxList entries={entries} state={state} outbox={outbox} isWriting={!isBlank(text)} onTakeBack={takeBack} />
        {held.map((entry) => (
          <Held key={entry.id} entry={entry} isWriting={!isBlank(text)} outcome={outcomeOf(entry)} onEnd={letGo} onCalledBack={writeOn} />
        ))}
        <Sent sent={sent} reached={reached.find(({ seq }) => seq === updates.find(({ id }) => id === sent?.id)?.seq)} />
      </div>
      {asked && (
        <AskBreaking
          entry={{ title: text.title.trim() || null, body: text.body }}
          by={asked === 'published' ? 'publishing' : 'scheduling'}
          publishAt={scheduled(text, story.timeZone)}
          onConfirm={() => submit(asked, true)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}

/** Without a second key; and in the text, for the other fields have keys of their own. */
function isPlain({ ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !shiftKey && target instanceof HTMLElement && target.isContentEditable
}

function lacking({ body, claims }: EntryText, as: Outgoing['as'], writer: Writer | null): Missing | null {
  if (writer?.isUploading()) return 'uploading'
  if (!isWritten(body)) return 'empty'
  if (!areClaimsWhole({ claims })) return 'claimsUnsigned'
  return as !== 'draft' && lacksAlt(body) ? 'altMissing' : null
}

const mainWords = {
  draft: { button: 'saveDraft', action: 'actionSave' },
  submitted: { button: 'submitDraft', action: 'actionSubmit' },
  published: { button: 'publish', action: 'actionPublish' },
  scheduled: { button: 'schedule', action: 'actionSchedule' },
} as const
