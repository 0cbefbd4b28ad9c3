'use client'

import { useTranslations } from 'use-intl'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import { Field } from '#components/ui/field.tsx'
import type { Claim } from '#lib/story/claim.ts'
import type { Update } from '#lib/story/update.ts'
import { useDesk } from './desk-frame.client.tsx'
import { beginOn, factVersion, Meanwhile } from './fact-version.tsx'
import { makeClaim, reviseClaim } from './facts-api.client.ts'
import form from './form.module.css'
import { FormDialog } from './form-dialog.client.tsx'
import { TextField } from './text-field.client.tsx'
import { UpdateChoice } from './update-choice.client.tsx'
import { useFactForm } from './use-fact-form.client.ts'
import { instantFromLocal, localFromInstant } from './zoned-time.ts'

/** What is being typed, with the key that makes it one claim however often it is sent. */
const keptClaim = factVersion.extend({
  key: z.string(),
  statement: z.string(),
  name: z.string(),
  role: z.string(),
  place: z.string(),
  claimedAt: z.string(),
  updates: z.array(z.string()),
})

type Props = {
  /** The one that is changed; without it one is made. */
  claim?: Claim
  updates: readonly Update[]
  onClose: () => void
}

/** Says what somebody claims, who that is, and which updates tell of it. What is typed is kept in the browser until it is sent. */
export function ClaimDialog({ claim, updates, onClose }: Props) {
  const t = useTranslations('desk.claims')
  const { story, personId } = useDesk()
  const name = `staytuned.claim.${personId}.${story.slug}.${claim?.id ?? 'new'}`
  const { text, keep, sending } = useFactForm(name, keptClaim, () => begunWith(claim, story.timeZone))
  const set = (change: Partial<typeof text>) => keep({ ...text, ...change, key: uuidv4() })

  const write = () => {
    const { statement, name, role, place } = text
    const said = { statement, claimant: { name, role, place }, claimedAt: instantFromLocal(text.claimedAt, story.timeZone), updates: text.updates }
    return claim ? reviseClaim(story.slug, claim.id, text.version, said) : makeClaim(story.slug, said, text.key)
  }
  const words = claim
    ? { title: t('editTitle'), submit: t('save'), busy: t('saving'), done: t('saved') }
    : { title: t('newTitle'), submit: t('make'), busy: t('making'), done: t('made') }
  return (
    <FormDialog words={words} write={write} {...sending} onClose={onClose}>
      {({ isSending, errorAt }) => (
        <>
          {claim && (
            <Meanwhile begun={text.begun} now={claim.version}>
              {t('reads', { text: `${claim.claimant.name}: ${claim.statement}` })}
            </Meanwhile>
          )}
          <TextField
            label={t('statement')}
            hint={t('statementHint')}
            error={errorAt('statement', t('statement'))}
            value={text.statement}
            onChange={(statement) => set({ statement })}
            longest={300}
            rows={2}
            lang={story.language}
            isReadOnly={isSending}
          />
          <TextField
            label={t('name')}
            hint={t('nameHint')}
            error={errorAt('claimant.name', t('name'))}
            value={text.name}
            onChange={(name) => set({ name })}
            longest={120}
            isReadOnly={isSending}
          />
          <div className={form.pair}>
            {(['role', 'place'] as const).map((field) => (
              <TextField
                key={field}
                label={t(field)}
                error={errorAt(`claimant.${field}`, t(field))}
                value={text[field]}
                onChange={(value) => set({ [field]: value })}
                longest={120}
                isReadOnly={isSending}
              />
            ))}
          </div>
          <Field
            label={t('claimedAt')}
            hint={t('claimedAtHint', { zone: story.timeZone.replaceAll('_', ' ') })}
            error={errorAt('claimedAt', t('claimedAt'))}
          >
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                readOnly={isSending}
                value={text.claimedAt}
                onChange={(event) => set({ claimedAt: event.target.value })}
              />
            )}
          </Field>
          <UpdateChoice
            legend={t('toldIn')}
            updates={updates}
            chosen={text.updates}
            onChange={(chosen) => set({ updates: chosen })}
            error={errorAt('updates', t('toldIn'))}
            isReadOnly={isSending}
          />
        </>
      )}
    </FormDialog>
  )
}

function begunWith(claim: Claim | undefined, timeZone: string): z.infer<typeof keptClaim> {
  return {
    ...beginOn(claim?.version ?? 0),
    key: uuidv4(),
    statement: claim?.statement ?? '',
    name: claim?.claimant.name ?? '',
    role: claim?.claimant.role ?? '',
    place: claim?.claimant.place ?? '',
    claimedAt: claim?.claimedAt ? localFromInstant(claim.claimedAt, timeZone) : '',
    updates: [...(claim?.updates ?? [])],
  }
}
