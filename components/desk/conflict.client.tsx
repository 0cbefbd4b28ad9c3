'use client'

import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { Body } from '#lib/story/body.ts'
import styles from './conflict.module.css'
import { useDesk } from './desk-frame.client.tsx'
import { type EntryContent, type EntryText, written } from './entry-text.ts'
import form from './form.module.css'
import type { useEdit } from './use-edit.client.ts'

type Props = { theirs: EntryContent; mine: EntryText; editing: ReturnType<typeof useEdit> }

/** Two people changed the same entry: shows both, and lets the second one choose. */
export function Conflict({ theirs, mine, editing }: Props) {
  const t = useTranslations('desk.conflict')
  const { timeZone } = useDesk().story
  return (
    <div className={styles.conflict}>
      <p role="alert">{t('text')}</p>
      <div className={styles.texts}>
        <Version name={t('theirs')} content={theirs} />
        <Version name={t('mine')} content={written(mine, timeZone)} />
      </div>
      <div className={`${form.buttons} ${styles.choice}`}>
        <Button onClick={editing.takeTheirs}>{t('takeTheirs')}</Button>
        <Button onClick={editing.saveMine} isBusy={editing.isSending}>
          {t('saveMine')}
        </Button>
        <Button look="quiet" onClick={editing.goOn}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}

type VersionProps = { name: string; content: { title: string | null; body: Body; key: boolean; occurredAt: string | null } }

function Version({ name, content: { title, body, key, occurredAt } }: VersionProps) {
  const t = useTranslations('desk.conflict')
  const say = useMoment()
  const { language } = useDesk().story
  return (
    <section aria-label={name} className={styles.version}>
      <h3>{name}</h3>
      <div lang={language}>
        <p className={title ? styles.title : styles.untitled}>{title ?? t('untitled')}</p>
        <BodyContent body={body} />
      </div>
      <p className={styles.facts}>
        {[key && t('key'), occurredAt && t('occurredAt', { time: say(occurredAt, 'time-and-zone') })].filter(Boolean).join(' · ')}
      </p>
    </section>
  )
}
