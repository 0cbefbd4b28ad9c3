'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { Reached } from '#lib/story/reached.ts'
import type { Update } from '#lib/story/update.ts'
import type { View } from '#lib/story/view.ts'
import { useDesk } from './desk-frame.client.tsx'
import styles from './entry-list.module.css'
import { UpdateRow } from './update-row.client.tsx'

type Props = { view: View; reached: readonly Reached[]; loadOlder: () => Promise<boolean> }

/** What is published, newest first. */
export function Timeline({ view: { updates, pinned, next }, reached, loadOlder }: Props) {
  const t = useTranslations('desk.timeline')
  const say = useMoment()
  const dayOf = (update: Update | undefined) => update && say(update.publishedAt, 'day')
  return (
    <section aria-label={t('title')}>
      {updates.length === 0 && <p className={styles.none}>{t('none')}</p>}
      <ul className={styles.list}>
        {updates.map((update, index) => (
          <UpdateRow
            key={update.id}
            update={update}
            pinned={pinned}
            reached={reached.find(({ seq }) => seq === update.seq)}
            isNewDay={dayOf(update) !== dayOf(updates[index - 1])}
          />
        ))}
      </ul>
      {next !== null && <OlderUpdates load={loadOlder} />}
    </section>
  )
}

function OlderUpdates({ load }: { load: () => Promise<boolean> }) {
  const t = useTranslations('desk.timeline')
  const { story } = useDesk()
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const onClick = async () => {
    setState('loading')
    setState((await load()) ? 'idle' : 'failed')
  }
  return (
    <div className={styles.older}>
      <Button isBusy={state === 'loading'} onClick={() => void onClick()}>
        {t(state === 'loading' ? 'olderLoading' : 'older')}
      </Button>
      {state === 'failed' && <p role="alert">{t(story.status === 'draft' ? 'olderFailedDraft' : 'olderFailed')}</p>}
    </div>
  )
}
