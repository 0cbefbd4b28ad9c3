'use client'

import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import styles from '../form.module.css'

type Props = { link: string; email: string; mailed: boolean; expiresAt: string; onClose: () => void }

/** A link that is shown this once, to be copied and passed on. */
export function ToldLink({ link, email, mailed, expiresAt, onClose }: Props) {
  const t = useTranslations('people.link')
  const say = useMoment()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'copied' | 'notCopied' | null>(null)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(link)
      setCopied('copied')
    } catch {
      // Not allowed, or not by https: it is selected, and can be copied by hand.
      setCopied('notCopied')
    }
  }
  return (
    <div className={styles.form}>
      <Field label={t('label')} hint={t('once', { time: say(expiresAt, 'time-and-zone'), email })}>
        {(control) => <input {...control} ref={field} readOnly value={link} onFocus={(event) => event.target.select()} />}
      </Field>
      {mailed && <p>{t('mailed', { email })}</p>}
      <div className={styles.buttons}>
        <Button look="main" onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <Button onClick={onClose}>{t('done')}</Button>
        <span role="status">{copied && t(copied)}</span>
      </div>
    </div>
  )
}
