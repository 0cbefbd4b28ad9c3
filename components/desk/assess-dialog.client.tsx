'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Field } from '#components/ui/field.tsx'
import { type Claim, type Standing, standing, standings } from '#lib/story/claim.ts'
import { standingOf } from '#lib/story/known.ts'
import type { Update } from '#lib/story/update.ts'
import { useDesk } from './desk-frame.client.tsx'
import { beginOn, factVersion, Meanwhile } from './fact-version.tsx'
import { assessClaim } from './facts-api.client.ts'
import styles from './form.module.css'
import { FormDialog } from './form-dialog.client.tsx'
import { TextField } from './text-field.client.tsx'
import { UpdateChoice } from './update-choice.client.tsx'
import { useFactForm } from './use-fact-form.client.ts'

const keptAssessment = factVersion.extend({
  standing,
  reason: z.string(),
  /** One in each line. */
  sources: z.string(),
  soleSource: z.string(),
  updates: z.array(z.string()),
})

type Props = {
  claim: Claim
  /** How it is to stand, where that was chosen already. */
  chosen: Standing | null
  updates: readonly Update[]
  onClose: () => void
}

/** Says how a claim stands, why, and what that rests on. What is typed is kept in the browser until it is sent. */
export function AssessDialog({ claim, chosen, updates, onClose }: Props) {
  const t = useTranslations('desk.claims')
  const words = useTranslations('known.standing')
  const { story, personId } = useDesk()
  const begin = () => ({ ...beginOn(claim.version), standing: standingOf(claim), reason: '', sources: '', soleSource: '', updates: [] })
  const { text: begun, keep, sending } = useFactForm(`staytuned.assessment.${personId}.${claim.id}`, keptAssessment, begin)
  const [isNew, setIsNew] = useState(true)
  // A card that was dragged says how it is to stand, whatever was being typed before.
  const text = isNew && chosen !== null ? { ...begun, standing: chosen } : begun
  const set = (change: Partial<typeof text>) => {
    setIsNew(false)
    keep({ ...text, ...change })
  }
  const sources = text.sources
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const asksWhyOne = text.standing === 'confirmed' && sources.length < 2

  const write = () =>
    assessClaim(story.slug, claim.id, text.version, {
      standing: text.standing,
      reason: text.reason,
      sources,
      soleSource: asksWhyOne && text.soleSource.trim() !== '' ? text.soleSource : null,
      updates: text.updates,
    })
  return (
    <FormDialog
      words={{ title: t('assessTitle'), submit: t('assess'), busy: t('assessing'), done: t('assessed') }}
      write={write}
      {...sending}
      onClose={onClose}
    >
      {({ isSending, errorAt }) => (
        <>
          <p lang={story.language}>
            {claim.claimant.name}: {claim.statement}
          </p>
          <Meanwhile begun={text.begun} now={claim.version}>
            {t('meanwhile', { standing: words(standingOf(claim)) })}
          </Meanwhile>
          <Field label={t('standing')} error={errorAt('standing', t('standing'))}>
            {(control) => (
              <select
                {...control}
                value={text.standing}
                disabled={isSending}
                onChange={(event) => set({ standing: standing.parse(event.target.value) })}
              >
                {standings.map((each) => (
                  <option key={each} value={each}>
                    {words(each)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label={t('reason')}
            hint={t('reasonHint')}
            error={errorAt('reason', t('reason'))}
            value={text.reason}
            onChange={(reason) => set({ reason })}
            longest={500}
            rows={2}
            lang={story.language}
            isReadOnly={isSending}
          />
          <TextField
            label={t('sources')}
            hint={t(text.standing === 'confirmed' ? 'sourcesHintConfirmed' : 'sourcesHint')}
            error={errorAt('sources', t('sources'))}
            value={text.sources}
            onChange={(names) => set({ sources: names })}
            rows={2}
            isReadOnly={isSending}
          />
          {asksWhyOne && (
            <TextField
              label={t('soleSource')}
              hint={t('soleSourceHint')}
              error={errorAt('soleSource', t('soleSource'))}
              value={text.soleSource}
              onChange={(soleSource) => set({ soleSource })}
              longest={300}
              rows={2}
              lang={story.language}
              isReadOnly={isSending}
            />
          )}
          <UpdateChoice
            legend={t('restsOn')}
            updates={updates}
            chosen={text.updates}
            onChange={(chosenUpdates) => set({ updates: chosenUpdates })}
            error={errorAt('updates', t('restsOn'))}
            isReadOnly={isSending}
          />
          <p className={styles.intro}>{t('assessText')}</p>
        </>
      )}
    </FormDialog>
  )
}
