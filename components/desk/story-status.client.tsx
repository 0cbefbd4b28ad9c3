'use client'

import { Fragment, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { StoryStatus } from '#lib/story/story.ts'
import { Command } from './commands.client.tsx'
import { Confirm } from './confirm.client.tsx'
import { reviseStory } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { useWriting } from './use-writing.client.ts'

type Step = { to: StoryStatus; label: 'open' | 'pause' | 'resume' | 'closeStory' | 'reopen'; asks?: 'open' | 'close' }

/** Where a story can go from each status. What readers can't be spared from seeing is asked about first. */
const steps: Record<StoryStatus, readonly Step[]> = {
  draft: [{ to: 'developing', label: 'open', asks: 'open' }],
  developing: [
    { to: 'paused', label: 'pause' },
    { to: 'closed', label: 'closeStory', asks: 'close' },
  ],
  paused: [
    { to: 'developing', label: 'resume' },
    { to: 'closed', label: 'closeStory', asks: 'close' },
  ],
  closed: [{ to: 'developing', label: 'reopen' }],
}

export function StoryStatusControls() {
  const t = useTranslations('desk.story')
  const words = useTranslations('desk.status')
  const { story, send, announce, refresh } = useDesk()
  const [asked, setAsked] = useState<Step | null>(null)
  const { isSending, failure, run, clear } = useWriting()

  const take = async ({ to }: Step) => {
    const answered = await run(() => send(() => reviseStory(story.slug, { status: to })))
    if (answered?.kind !== 'done') return
    announce(t('nowStatus', { status: words(to) }))
    setAsked(null)
    refresh()
  }
  const begin = (step: Step) => {
    clear()
    if (step.asks) setAsked(step)
    else void take(step)
  }

  return (
    <>
      {steps[story.status].map((step) => (
        <Fragment key={step.label}>
          <Command label={t(step.label)} onRun={() => begin(step)} />
          <Button look="quiet" isBusy={isSending} onClick={() => begin(step)}>
            {t(step.label)}
          </Button>
        </Fragment>
      ))}
      {!asked && <FailureNotice failure={failure} />}
      {asked?.asks && (
        <Confirm
          title={t(`${asked.asks}Title`)}
          text={t(`${asked.asks}Text`)}
          action={t(asked.label)}
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void take(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
