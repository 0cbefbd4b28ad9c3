'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import form from '../form.module.css'
import styles from './account.module.css'

/** The codes for when the app isn't at hand, shown this once. */
export function BackupCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useTranslations('people')
  const [copied, setCopied] = useState<'copied' | 'notCopied' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      setCopied('copied')
    } catch {
      // Not allowed, or not by https: they can be selected.
      setCopied('notCopied')
    }
  }
  return (
    <div className={form.form}>
      <p>{t('twoFactor.codesText')}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={form.buttons}>
        <Button look="main" onClick={() => void copy()}>
          {t('twoFactor.copyCodes')}
        </Button>
        <Button onClick={onClose}>{t('twoFactor.kept')}</Button>
        <span role="status">{copied && t(copied === 'copied' ? 'link.copied' : 'twoFactor.codesNotCopied')}</span>
      </div>
    </div>
  )
}
