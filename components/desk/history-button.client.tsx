'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { WordDiff } from '#components/ui/word-diff.tsx'
import { bodyText } from '#lib/story/body-text.ts'
import type { Revision } from '#lib/story/revision.ts'
import type { Update } from '#lib/story/update.ts'
import { readHistory } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { useOpenEdit } from './editing.client.tsx'
import styles from './history.module.css'
import { Loaded } from './loaded.client.tsx'
import type { EditKind } from './use-edit.client.ts'

/** All versions of an update, what each changed, and the way back to one. */
export function HistoryButton({ update, describedBy }: { update: Update; describedBy: string }) {
  const t = useTranslations('desk.history')
  const [isOpen, setIsOpen] = useState(false)
  const openEdit = useOpenEdit()
  return (
    <>
      <Button look="quiet" aria-describedby={describedBy} onClick={() => setIsOpen(true)}>
        {t('open')}
      </Button>
      {isOpen && (
        <History
          update={update}
          onClose={() => setIsOpen(false)}
          onRestore={(from, kind) => {
            setIsOpen(false)
            openEdit({ entry: update, kind, restored: from })
          }}
        />
      )}
    </>
  )
}

type Props = { update: Update; onClose: () => void; onRestore: (from: Update, kind: EditKind) => void }

function History({ update, onClose, onRestore }: Props) {
  const t = useTranslations('desk.history')
  const close = useTranslations('desk')('close')
  const { story } = useDesk()
  return (
    <Dialog title={t('title')} closeLabel={close} onClose={onClose} size="page">
      <Loaded read={() => readHistory(story.slug, update.id)}>
        {({ revisions }) => (
          <ol className={styles.list} reversed>
            {revisions.map((revision, index) => (
              <Version
                key={revision.seq}
                revision={revision}
                before={revisions[index + 1]?.update ?? null}
                canRestore={index > 0 && update.withdrawal === null}
                onRestore={onRestore}
              />
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  )
}

type VersionProps = { revision: Revision; before: Update | null; canRestore: boolean; onRestore: Props['onRestore'] }

function Version({ revision, before, canRestore, onRestore }: VersionProps) {
  const t = useTranslations('desk.history')
  const say = useMoment()
  const { story, can } = useDesk()
  const { at, by, kind, update } = revision
  const note = kind === 'corrected' ? update.corrections.at(-1)?.note : update.withdrawal?.notice
  return (
    <li className={styles.version}>
      <h3 className={styles.what}>{t(kind)}</h3>
      <p className={styles.facts}>
        {t('by', { by: by ?? t('somebody'), time: say(at, 'day-and-time') })}
        {update.breaking && <strong>{t('breaking')}</strong>}
      </p>
      {note && <p className={styles.note}>{note}</p>}
      {kind !== 'withdrawn' && (
        <div lang={update.language ?? story.language} className={styles.text}>
          <Words before={before?.title ?? ''} after={update.title ?? ''} isFirst={before === null} />
          <Words before={before ? bodyText(before.body) : ''} after={bodyText(update.body)} isFirst={before === null} />
        </div>
      )}
      {canRestore && can.revises && kind !== 'withdrawn' && (
        <div className={styles.buttons}>
          <Button look="quiet" onClick={() => onRestore(update, 'edit')}>
            {t('restore')}
          </Button>
          <Button look="quiet" onClick={() => onRestore(update, 'correct')}>
            {t('restoreAsCorrection')}
          </Button>
        </div>
      )}
    </li>
  )
}

function Words({ before, after, isFirst }: { before: string; after: string; isFirst: boolean }) {
  if (before === '' && after === '') return null
  return <p>{isFirst ? after : <WordDiff before={before} after={after} show="both" />}</p>
}
