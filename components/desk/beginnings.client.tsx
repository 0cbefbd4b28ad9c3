'use client'

import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { type TemplateName, templates } from '#lib/story/templates.ts'
import styles from './beginnings.module.css'
import { Command } from './commands.client.tsx'
import { type EntryText, emptyText } from './entry-text.ts'
import { type Beginning, useTemplateWords } from './template-words.ts'

type Props = {
  template: TemplateName
  /** Nothing that is being written is written over: they are offered while there's nothing. */
  isOffered: boolean
  onBegin: (text: EntryText) => void
}

/** The updates that such a story needs again and again, ready to be filled in. */
export function Beginnings({ template, isOffered, onBegin }: Props) {
  const t = useTranslations('desk.templates')
  const words = useTemplateWords()
  const begin = ({ name, key }: Beginning) => {
    const { title, lines } = words(name)
    const content = lines.map((text) => ({ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }))
    onBegin({ ...emptyText, title, key, body: { type: 'doc', content } })
  }
  if (!isOffered) return null
  return (
    <fieldset className={styles.beginnings} aria-label={t('beginWith')}>
      <span aria-hidden>{t('beginWith')}</span>
      {templates[template].map((beginning) => {
        const { label } = words(beginning.name)
        return (
          <Fragment key={beginning.name}>
            <Command label={t('beginWithCommand', { label })} onRun={() => begin(beginning)} />
            <Button look="quiet" onClick={() => begin(beginning)}>
              {label}
            </Button>
          </Fragment>
        )
      })}
    </fieldset>
  )
}
