'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import { mostQuietDays, type StorySettings } from '#lib/story/story-settings.ts'
import { CoverField, type CoverText, coverText } from './cover-field.client.tsx'
import { isProblem, reviseStory } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { LanguageAndZone } from './language-and-zone.client.tsx'
import { TemplateChoice } from './template-choice.tsx'
import { useIssue, useWriting } from './use-writing.client.ts'

/**
 * Changes the cover, the language, the time zone, and what only the newsroom knows of the story. What wasn't changed here isn't
 * sent, so that it undoes nobody's change.
 */
export function StorySettingsDialog({ settings, onClose }: { settings: StorySettings; onClose: () => void }) {
  const t = useTranslations('desk.story.settings')
  const desk = useTranslations('desk')
  const { story, send, announce, refresh } = useDesk()
  const [before] = useState({ ...story, ...settings })
  const [cover, setCover] = useState<CoverText | null>(before.cover && coverText(before.cover))
  const [language, setLanguage] = useState(before.language)
  const [timeZone, setTimeZone] = useState(before.timeZone)
  const [template, setTemplate] = useState(before.template)
  const [days, setDays] = useState(before.autoCloseDays === null ? '' : String(before.autoCloseDays))
  const { isSending, failure, run } = useWriting()
  const errorAt = useIssue(failure)

  const save = async () => {
    const autoCloseDays = days === '' ? null : Number(days)
    const changes = {
      ...(JSON.stringify(cover) === JSON.stringify(before.cover && coverText(before.cover)) ? {} : { cover }),
      ...(language === before.language ? {} : { language }),
      ...(timeZone === before.timeZone ? {} : { timeZone }),
      ...(template === before.template ? {} : { template }),
      ...(autoCloseDays === before.autoCloseDays ? {} : { autoCloseDays }),
    }
    if (Object.keys(changes).length === 0) return onClose()
    const answered = await run(() => send(() => reviseStory(story.slug, changes)))
    if (answered?.kind !== 'done') return
    announce(t('saved'))
    refresh()
    onClose()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }

  return (
    <Dialog title={t('title')} closeLabel={desk('close')} onClose={onClose} size="page">
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        <CoverField cover={cover} onChange={setCover} error={errorAt('cover', t('cover'))} />
        <LanguageAndZone
          language={language}
          timeZone={timeZone}
          onChange={({ language, timeZone }) => {
            if (language !== undefined) setLanguage(language)
            if (timeZone !== undefined) setTimeZone(timeZone)
          }}
          errorAt={errorAt}
        />
        <TemplateChoice template={template} onChange={setTemplate} />
        <Field label={t('autoClose')} hint={t('autoCloseHint')} error={errorAt('autoCloseDays', t('autoClose'))}>
          {(control) => (
            <input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              max={mostQuietDays}
              placeholder={t('never')}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
        {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} onRetry={() => void save()} />}
        <div className={styles.buttons}>
          <Button type="submit" look="main" isBusy={isSending}>
            {desk(isSending ? 'story.saving' : 'story.save')}
          </Button>
          <Button onClick={onClose}>{desk('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
