'use client'

import { Fragment, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Story, StoryChanges, StoryStatus } from '#lib/story/story.ts'
import { CloseStory } from './close-story.client.tsx'
import { Command } from './commands.client.tsx'
import { Confirm } from './confirm.client.tsx'
import { reviseStory } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { useWriting } from './use-writing.client.ts'

type Step = {
  label: 'open' | 'pause' | 'resume' | 'closeStory' | 'reopen' | 'archive' | 'unarchive'
  changes: Pick<StoryChanges, 'status' | 'archived'>
  asks?: 'open' | 'close'
}

const closing: Step = { label: 'closeStory', changes: { status: 'closed' }, asks: 'close' }
const reopening: Step = { label: 'reopen', changes: { status: 'developing' } }

/** Where a story can go from each status. What readers can't be spared from seeing is asked about first. */
const steps: Record<StoryStatus | 'archived', readonly Step[]> = {
  draft: [{ label: 'open', changes: { status: 'developing' }, asks: 'open' }],
  developing: [{ label: 'pause', changes: { status: 'paused' } }, closing],
  paused: [{ label: 'resume', changes: { status: 'developing' } }, closing],
  closed: [reopening, { label: 'archive', changes: { archived: true } }],
  archived: [reopening, { label: 'unarchive', changes: { archived: false } }],
}

export function StoryStatusControls() {
  const t = useTranslations('desk.story')
  const { story, send, announce, refresh } = useDesk()
  const sayStep = useStepWords()
  const [asked, setAsked] = useState<Step | null>(null)
  const { isSending, failure, run, clear } = useWriting()

  const take = async (step: Step, more: StoryChanges = {}): Promise<boolean> => {
    const answered = await run(() => send(() => reviseStory(story.slug, { ...step.changes, ...more })))
    if (answered?.kind !== 'done') return false
    announce(sayStep(step))
    setAsked(null)
    refresh()
    return true
  }
  const begin = (step: Step) => {
    clear()
    if (step.asks) setAsked(step)
    else void take(step)
  }

  return (
    <>
      {steps[whereIs(story)].map((step) => (
        <Fragment key={step.label}>
          <Command label={t(step.label)} onRun={() => begin(step)} />
          <Button look="quiet" isBusy={isSending} onClick={() => begin(step)}>
            {t(step.label)}
          </Button>
        </Fragment>
      ))}
      {!asked && <FailureNotice failure={failure} />}
      {asked?.asks === 'open' && (
        <Confirm
          title={t('openTitle')}
          text={t('openText')}
          action={t('open')}
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void take(asked)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.asks === 'close' && (
        <CloseStory
          isBusy={isSending}
          failure={failure}
          onConfirm={(closingSummary) => take(asked, { closingSummary })}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

function whereIs({ status, archived }: Story): StoryStatus | 'archived' {
  return archived ? 'archived' : status
}

function useStepWords(): (step: Step) => string {
  const t = useTranslations('desk.story')
  const words = useTranslations('desk.status')
  return ({ changes: { status, archived } }) => (status ? t('nowStatus', { status: words(status) }) : t(archived ? 'nowArchived' : 'notArchived'))
}
