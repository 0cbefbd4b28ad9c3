import { useTranslations } from 'use-intl'
import type { TemplateName, templates } from '#lib/story/templates.ts'

export type Beginning = (typeof templates)[TemplateName][number]

/** What an update that a template brings is called, and what it begins with: a title, and lines to be filled in. */
export function useTemplateWords(): (name: Beginning['name']) => { label: string; title: string; lines: string[] } {
  const t = useTranslations('desk.templates.updates')
  return (name) => ({ label: t(`${name}.label`), title: t(`${name}.title`), lines: t(`${name}.text`).split('\n') })
}
