import { useTranslations } from 'use-intl'
import { Field } from '#components/ui/field.tsx'
import { type TemplateName, templateName, templates } from '#lib/story/templates.ts'
import { useTemplateWords } from './template-words.ts'

type Props = { template: TemplateName | null; onChange: (template: TemplateName | null) => void; isDisabled?: boolean }

/** What kind of story it is, and what that brings. */
export function TemplateChoice({ template, onChange, isDisabled = false }: Props) {
  const t = useTranslations('desk.templates')
  const words = useTemplateWords()
  const hint = template
    ? t('offers', {
        updates: templates[template].map(({ name }) => words(name).label).join(' · '),
      })
    : t('hint')
  return (
    <Field label={t('label')} hint={hint}>
      {(control) => (
        <select
          {...control}
          disabled={isDisabled}
          value={template ?? ''}
          onChange={(event) => onChange(templateName.safeParse(event.target.value).data ?? null)}
        >
          <option value="">{t('none')}</option>
          {templateName.options.map((name) => (
            <option key={name} value={name}>
              {t(`names.${name}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
