'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { isWritten } from '#lib/story/body.ts'
import { lacksAlt } from '#lib/story/body-pictures.ts'
import { type Answered, isProblem, reviseUpdate, type UpdateChange } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { areClaimsWhole, changesFrom, type EntryContent, type EntryText, entryContent, goesOutBreaking, sameText, textOf } from './entry-text.ts'
import { useKept } from './kept.client.ts'
import { editName, type KeptEdit, keptEdit } from './kept-edit.ts'
import { type Choices, merged } from './merge-text.ts'
import { useWriting } from './use-writing.client.ts'

/** An update edited, an update corrected in the open, a draft changed. */
export type EditKind = 'edit' | 'correct' | 'draft'

/** What is missing before it can be sent. */
export type Missing = 'body' | 'claims' | 'alt' | 'change' | 'note'

type Settings = { entry: EntryContent & { readonly id: string }; kind: EditKind; restored: EntryContent | null; onClose: () => void }

/**
 * One entry being changed. What is typed is kept in the browser until it is saved or dropped. If somebody else's change came
 * first, `theirs` is how it reads now, and nothing of one's own is lost until one of the two is chosen.
 */
export function useEdit({ entry, kind, restored, onClose }: Settings) {
  const t = useTranslations('desk.edit')
  const { story, personId, send, announce, refresh } = useDesk()
  const { value, keep } = useKept(editName(personId, entry.id), keptEdit)
  const asText = (content: EntryContent) => textOf(content, story.timeZone)
  const [begun] = useState((): KeptEdit => beginning(entry.version, asText(entry)))
  const [isResumed, setIsResumed] = useState(value !== null && restored === null)
  const [theirs, setTheirs] = useState<EntryContent | null>(null)
  const [missing, setMissing] = useState<Missing | null>(null)
  const [asked, setAsked] = useState<{ readonly from: KeptEdit; readonly to: 'submitted' | 'published' | null } | null>(null)
  const { isSending, failure, run, clear } = useWriting()
  // What an earlier version said takes the place of what is kept, which is put aside.
  const [again, setAgain] = useState(
    (): KeptEdit | null => restored && { ...begun, mine: asText(restored), aside: value && (value.aside ?? inFull(value)) },
  )
  const edit = again ?? value ?? begun
  const keepEdit = (next: KeptEdit | null) => {
    setAgain(null)
    keep(next)
  }

  const finish = (words: string) => {
    keepEdit(null)
    announce(words)
    refresh()
    onClose()
  }

  const sendEdit = async (from: KeptEdit, to: 'submitted' | 'published' | null, isSure = false) => {
    const isPublished = to === 'published'
    const content = changesFrom(from.base, from.mine, story.timeZone)
    const lacks = lacking(kind, from, content, isPublished)
    setMissing(lacks)
    if (lacks) return clear()
    const isBreaking = to === null ? goesOutBreaking(from.base, from.mine, kind !== 'draft') : isPublished && from.mine.breaking
    if (isBreaking && !isSure) return setAsked({ from, to })
    if (Object.keys(content).length === 0 && to === null) return finish(t('saved'))
    const changes: UpdateChange = {
      ...content,
      ...(kind === 'correct' ? { correction: { note: from.note.trim() } } : {}),
      ...(to === null ? {} : { status: to }),
    }
    const answered = await run(() => send(() => reviseUpdate(story.slug, entry.id, from.version, changes)))
    if (answered === null) return
    const current = currentOf(answered)
    if (answered.kind === 'done') finish(t(doneWords(kind, to)))
    // The answer to an earlier try got lost: what was to be saved is what is there.
    else if (current && to === null && sameText(asText(current), from.mine)) finish(t(doneWords(kind, null)))
    else if (current) setTheirs(current)
  }

  return {
    edit,
    theirs: theirs && asText(theirs),
    missing,
    isSending,
    failure: theirs ? null : failure,
    /** What would go out as breaking, and how: it isn't sent before somebody says so once more. */
    asked: asked && ({ text: asked.from.mine, by: asked.to === 'published' ? 'publishing' : kind === 'draft' ? 'scheduling' : 'revising' } as const),
    /** It goes on from changes that were kept from before. */
    isResumed,
    change(mine: Partial<EntryText>) {
      setMissing(null)
      keepEdit({ ...edit, mine: { ...edit.mine, ...mine } })
    },
    changeNote(note: string) {
      setMissing(null)
      keepEdit({ ...edit, note })
    },
    answer(isSure: boolean) {
      setAsked(null)
      if (asked && isSure) void sendEdit(asked.from, asked.to, true)
    },
    save: (to: 'submitted' | 'published' | null = null) => void sendEdit(edit, to),
    drop() {
      keepEdit(null)
      onClose()
    },
    takeTheirs() {
      if (!theirs) return
      keepEdit({ ...beginning(theirs.version, asText(theirs)), note: edit.note, aside: inFull(edit) })
      setTheirs(null)
      setIsResumed(false)
      clear()
    },
    /** Saves of each field the one that was chosen, as they were shown beside each other. */
    saveChosen(choices: Choices) {
      if (!theirs) return
      const base = asText(theirs)
      const next = { ...edit, version: theirs.version, base, mine: merged(edit.mine, base, choices) }
      keepEdit(next)
      setTheirs(null)
      void sendEdit(next, null)
    },
    goOn() {
      setTheirs(null)
      clear()
    },
    bringBack() {
      if (edit.aside) keepEdit({ ...edit.aside, aside: null })
    },
  }
}

function inFull({ version, base, mine, note }: KeptEdit): NonNullable<KeptEdit['aside']> {
  return { version, base, mine, note }
}

function beginning(version: number, text: EntryText): KeptEdit {
  return { version, base: text, mine: text, aside: null, note: '' }
}

function lacking(kind: EditKind, { mine, note }: KeptEdit, content: object, isPublished: boolean): Missing | null {
  if (!isWritten(mine.body)) return 'body'
  if (!areClaimsWhole(mine)) return 'claims'
  if ((kind !== 'draft' || isPublished) && lacksAlt(mine.body)) return 'alt'
  if (kind !== 'correct') return null
  if (Object.keys(content).length === 0) return 'change'
  return note.trim() === '' ? 'note' : null
}

function currentOf(answered: Answered<unknown>): EntryContent | null {
  if (!isProblem(answered, 'stale')) return null
  const parsed = entryContent.safeParse(answered.problem.current)
  return parsed.success ? parsed.data : null
}

function doneWords(kind: EditKind, to: 'submitted' | 'published' | null) {
  if (kind === 'draft') return to === 'published' ? 'draftPublished' : to === 'submitted' ? 'draftSubmitted' : 'draftSaved'
  return kind === 'correct' ? 'corrected' : 'saved'
}
