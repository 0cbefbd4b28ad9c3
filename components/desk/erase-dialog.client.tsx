'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import type { ErasureStep, NewErasure } from '#lib/story/erasure.ts'
import { isProblem } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { eraseHistory, listErasable } from './erasure-api.client.ts'
import { ErasureProof } from './erasure-proof.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import form from './form.module.css'
import { dropKept, useKept } from './kept.client.ts'
import { Loaded } from './loaded.client.tsx'
import { TextField } from './text-field.client.tsx'
import type { ToErase } from './to-erase.ts'
import { useIssue, useWriting } from './use-writing.client.ts'

type Props = { asked: ToErase; onClose: () => void }

const keptReason = z.string()

/** Asks twice before something is erased for good, and then shows channel by channel that it is gone. */
export function EraseDialog({ asked, onClose }: Props) {
  const t = useTranslations('desk.erase')
  const close = useTranslations('desk')('close')
  const { story } = useDesk()
  if (asked.kind !== 'update') return <AskedOnce asked={asked} bound={[]} onClose={onClose} />
  return (
    <Loaded
      read={() => listErasable(story.slug)}
      around={(waiting) => (
        <Dialog title={t('title')} closeLabel={close} onClose={onClose}>
          {waiting}
        </Dialog>
      )}
    >
      {({ facts }) => <AskedOnce asked={asked} bound={facts.filter(({ updates }) => updates.includes(asked.id))} onClose={onClose} />}
    </Loaded>
  )
}

/** `bound`: what comes from it, and may say what it says. */
function AskedOnce({ asked, bound, onClose }: Props & { bound: readonly ToErase[] }) {
  const t = useTranslations('desk.erase')
  const close = useTranslations('desk')
  const { story, personId, send, refresh, announce } = useDesk()
  const [chosen, setChosen] = useState<readonly string[]>(() => bound.map(({ id }) => id))
  const { value: reason, keep } = useKept(`staytuned.erase.${personId}.${asked.id}`, keptReason)
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState<{ reason: boolean; confirm: boolean }>({ reason: false, confirm: false })
  const [steps, setSteps] = useState<readonly ErasureStep[]>([])
  const { isSending, failure, run } = useWriting()
  const errorAt = useIssue(failure)

  const erase = async () => {
    const lacks = { reason: !reason?.trim(), confirm: typed.trim() !== story.slug }
    setMissing(lacks)
    if (lacks.reason || lacks.confirm) return
    const order = orderOf(asked, bound, chosen, reason ?? '', story.slug)
    const tell = (step: ErasureStep) => {
      // From here on it is done, whatever becomes of the proof.
      if (step.kind === 'erased') {
        dropKept((name) => [asked.id, ...chosen].some((id) => name.includes(id)))
        refresh()
      }
      setSteps((told) => [...told, step])
    }
    const answered = await run(() => send(() => eraseHistory(story.slug, order, tell)))
    if (answered?.kind === 'done') announce(t('over'))
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void erase()
  }

  // Until it is known whether it is done, there is nothing to come back to.
  const leave = () => {
    if (!isSending) onClose()
  }
  if (steps.length > 0) {
    return (
      <Dialog title={t(isSending ? 'busy' : 'done')} closeLabel={close('close')} onClose={onClose}>
        <ErasureProof steps={steps} isOver={!isSending} />
        <div className={form.buttons}>
          {/* What had the focus is gone. */}
          <Button autoFocus onClick={onClose}>
            {close('close')}
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('title')} closeLabel={close('close')} onClose={leave}>
      <form className={form.form} onSubmit={onSubmit}>
        <p>{t(`text.${asked.kind}`, { title: asked.title })}</p>
        <p className={form.intro}>{t('consequences')}</p>
        {bound.length > 0 && (
          <fieldset className={form.choices}>
            <legend>{t('with')}</legend>
            {bound.map(({ id, title }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  disabled={isSending}
                  checked={chosen.includes(id)}
                  onChange={({ target }) => setChosen(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
                />
                <span lang={story.language}>{title}</span>
              </label>
            ))}
          </fieldset>
        )}
        <TextField
          label={t('reason')}
          hint={t('reasonHint')}
          error={missing.reason ? t('reasonMissing') : errorAt('reason', t('reason'))}
          value={reason ?? ''}
          onChange={keep}
          longest={500}
          rows={2}
          isReadOnly={isSending}
        />
        <TextField
          label={t('confirm', { slug: story.slug })}
          hint={t('confirmHint')}
          error={missing.confirm ? t('confirmMissing', { slug: story.slug }) : null}
          value={typed}
          onChange={setTyped}
          isReadOnly={isSending}
        />
        {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} unreachable={t('unreachable')} onRetry={() => void erase()} />}
        <div className={form.buttons}>
          <Button type="submit" look="danger" isBusy={isSending}>
            {t(isSending ? 'busy' : 'submit')}
          </Button>
          <Button onClick={leave}>{close('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function orderOf(asked: ToErase, bound: readonly ToErase[], chosen: readonly string[], reason: string, confirm: string): NewErasure {
  const all = [asked, ...bound.filter(({ id }) => chosen.includes(id))]
  const idsOf = (kind: ToErase['kind']) => all.flatMap((each) => (each.kind === kind ? each.id : []))
  return { updates: idsOf('update'), claims: idsOf('claim'), questions: idsOf('question'), reason, confirm }
}
