'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { WordDiff } from '#components/ui/word-diff.tsx'
import { bodyText } from '#lib/story/body-text.ts'
import styles from './conflict.module.css'
import { useDesk } from './desk-frame.client.tsx'
import type { EntryText, Field } from './entry-text.ts'
import form from './form.module.css'
import { type Choices, differences, type Side } from './merge-text.ts'
import type { useEdit } from './use-edit.client.ts'
import { instantFromLocal } from './zoned-time.ts'

type Props = { base: EntryText; theirs: EntryText; mine: EntryText; editing: ReturnType<typeof useEdit> }

/**
 * Two people changed the same entry: shows both texts, field by field, with what differs marked, and saves of each field the one
 * that is chosen.
 */
export function Conflict({ base, theirs, mine, editing }: Props) {
  const t = useTranslations('desk.conflict')
  const [choices, setChoices] = useState<Choices>(() => differences(base, mine, theirs))
  const fields = Object.keys(choices) as Field[]
  return (
    <div className={styles.conflict}>
      <p role="alert">{t('text')}</p>
      {fields.map((field) => (
        <fieldset key={field} className={form.choices}>
          <legend>{t(`fields.${field}`)}</legend>
          <div className={styles.texts}>
            {(['theirs', 'mine'] as const).map((side) => (
              <div key={side} className={styles.version}>
                <label>
                  <input
                    type="radio"
                    name={`conflict-${field}`}
                    checked={choices[field] === side}
                    onChange={() => setChoices({ ...choices, [field]: side })}
                  />
                  {t(side)}
                </label>
                <Version field={field} theirs={theirs} mine={mine} side={side} />
              </div>
            ))}
          </div>
        </fieldset>
      ))}
      <div className={`${form.buttons} ${styles.choice}`}>
        <Button look="main" onClick={() => editing.saveChosen(choices)} isBusy={editing.isSending}>
          {t('save')}
        </Button>
        <Button onClick={editing.takeTheirs}>{t('takeTheirs')}</Button>
        <Button look="quiet" onClick={editing.goOn}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}

type VersionProps = { field: Field; theirs: EntryText; mine: EntryText; side: Side }

function Version({ field, theirs, mine, side }: VersionProps) {
  const t = useTranslations('desk.conflict')
  const say = useMoment()
  const { language, timeZone } = useDesk().story
  const own = side === 'theirs' ? theirs : mine
  if (field === 'key' || field === 'breaking' || field === 'pinned') return <p>{t(own[field] ? 'yes' : 'no')}</p>
  if (field === 'occurredAt' || field === 'publishAt') {
    const instant = instantFromLocal(own[field], timeZone)
    return <p>{instant ? say(instant, 'time-and-zone') : t('none')}</p>
  }
  const words = (text: EntryText) => (field === 'body' ? bodyText(text.body) : text[field])
  const [their, my] = [words(theirs), words(mine)]
  // What says the same in another form is shown in its form.
  if (field === 'body' && their === my) {
    return (
      <div lang={language}>
        <BodyContent body={own.body} />
      </div>
    )
  }
  return <p lang={language}>{words(own) === '' ? t('none') : <WordDiff before={their} after={my} show={side === 'theirs' ? 'before' : 'after'} />}</p>
}
