'use client'

import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { templateName } from '#lib/story/templates.ts'
import { isProblem, openStory } from './desk-api.client.ts'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { useKept } from './kept.client.ts'
import { LanguageAndZone } from './language-and-zone.client.tsx'
import { TemplateChoice } from './template-choice.tsx'
import { useTimeZones } from './time-zones.client.ts'
import { useIssue, useWriting } from './use-writing.client.ts'

const typed = z.object({
  headline: z.string(),
  standfirst: z.string(),
  slug: z.string(),
  language: z.string(),
  /** Null until it is chosen: the browser's own. */
  timeZone: z.string().nullable(),
  status: z.enum(['developing', 'draft']),
  template: templateName.nullable().default(null),
  /** The key that this text was sent with; null for a text that wasn't. A change makes it another request. */
  idempotencyKey: z.uuid().nullable().default(null),
})
type Typed = z.infer<typeof typed>

const nothing: Typed = {
  headline: '',
  standfirst: '',
  slug: '',
  language: 'en',
  timeZone: null,
  status: 'developing',
  template: null,
  idempotencyKey: null,
}

/** Opens a story and goes to its desk. What is typed is kept in the browser until then. */
export function NewStoryForm({ personId }: { personId: string }) {
  const t = useTranslations('desk.newStory')
  const { value, keep } = useKept(`staytuned.new-story.${personId}`, typed)
  const zones = useTimeZones()
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const isReadOnly = isSending || !isHydrated
  const story = value ?? nothing
  const timeZone = story.timeZone ?? zones.own
  const change = (changes: Partial<Typed>) => keep({ ...story, idempotencyKey: null, ...changes })

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const { slug, idempotencyKey: sentKey, ...rest } = story
    // Saved before it is sent: after a lost answer and a reload, the same text is sent with the same key.
    const key = sentKey ?? uuidv4()
    keep({ ...story, idempotencyKey: key })
    const answered = await run(() => openStory({ ...rest, timeZone, ...(slug.trim() ? { slug: slug.trim() } : {}) }, key))
    if (answered?.kind !== 'done') return
    keep(null)
    window.location.assign(`/admin/stories/${answered.answer.slug}`)
  }

  const errorAt = useIssue(failure)
  const slugError = failure && isProblem(failure, 'slug-taken') ? t('taken') : errorAt('slug', t('slug'))
  const isAtAField = slugError !== null || (failure !== null && isProblem(failure, 'invalid'))
  return (
    <form method="post" className={styles.form} onSubmit={onSubmit}>
      <Field label={t('headline')} error={errorAt('headline', t('headline'))}>
        {(control) => (
          <textarea
            {...control}
            className={`${control.className} ${styles.headline}`}
            rows={2}
            maxLength={200}
            required
            readOnly={isReadOnly}
            value={story.headline}
            onChange={(event) => change({ headline: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('standfirst')} hint={t('standfirstHint')} error={errorAt('standfirst', t('standfirst'))}>
        {(control) => (
          <textarea
            {...control}
            className={`${control.className} ${styles.standfirst}`}
            rows={3}
            maxLength={600}
            readOnly={isReadOnly}
            value={story.standfirst}
            onChange={(event) => change({ standfirst: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('slug')} hint={t('slugHint')} error={slugError}>
        {(control) => (
          <input
            {...control}
            maxLength={100}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            readOnly={isReadOnly}
            value={story.slug}
            onChange={(event) => change({ slug: event.target.value })}
          />
        )}
      </Field>
      <TemplateChoice template={story.template} onChange={(template) => change({ template })} isDisabled={isReadOnly} />
      <LanguageAndZone language={story.language} timeZone={timeZone} onChange={change} isReadOnly={isReadOnly} errorAt={errorAt} />
      <fieldset className={styles.choices}>
        <legend>{t('status')}</legend>
        {(['developing', 'draft'] as const).map((status) => (
          <label key={status}>
            <input type="radio" name="status" disabled={isReadOnly} checked={story.status === status} onChange={() => change({ status })} />
            {t(status)}
          </label>
        ))}
      </fieldset>
      {!isAtAField && <FailureNotice failure={failure} unreachable={t('unreachable')} />}
      <div className={styles.buttons}>
        <Button type="submit" look="main" isBusy={isSending} disabled={!isHydrated}>
          {t(isSending ? 'busy' : 'submit')}
        </Button>
      </div>
    </form>
  )
}
