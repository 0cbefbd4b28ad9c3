'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import form from '../form.module.css'
import styles from './account.module.css'
import { beginTwoFactor, makeBackupCodes, turnTwoFactorOff } from './account-api.client.ts'
import { AskPassword } from './ask-password.client.tsx'
import { BackupCodes } from './backup-codes.client.tsx'
import { SetUpTwoFactor } from './set-up-two-factor.client.tsx'

type Step =
  | { readonly kind: 'begin' | 'off' | 'moreCodes' }
  | { readonly kind: 'setUp'; readonly totpURI: string; readonly backupCodes: readonly string[] }
  | { readonly kind: 'codes'; readonly backupCodes: readonly string[] }

/** Whether signing in takes a code besides the password, and the ways to change that. */
export function TwoFactor({ isOn, onDone }: { isOn: boolean; onDone: (words: string) => void }) {
  const t = useTranslations('people.twoFactor')
  const desk = useTranslations('desk')
  const [step, setStep] = useState<Step | null>(null)
  const close = () => setStep(null)
  return (
    <section className={styles.section} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p>{t(isOn ? 'isOn' : 'isOff')}</p>
      <div className={form.buttons}>
        {isOn ? (
          <>
            <Button onClick={() => setStep({ kind: 'moreCodes' })}>{t('moreCodes')}</Button>
            <Button look="danger" onClick={() => setStep({ kind: 'off' })}>
              {t('turnOff')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setStep({ kind: 'begin' })}>{t('turnOn')}</Button>
        )}
      </div>
      {step && (
        <Dialog title={t(`${step.kind}Title`)} closeLabel={desk('close')} onClose={close}>
          {step.kind === 'begin' && (
            <AskPassword text={t('beginText')} action={t('begin')} send={beginTwoFactor} onDone={(begun) => setStep({ kind: 'setUp', ...begun })} />
          )}
          {step.kind === 'setUp' && (
            <SetUpTwoFactor
              totpURI={step.totpURI}
              onConfirmed={() => {
                setStep({ kind: 'codes', backupCodes: step.backupCodes })
                onDone(t('nowOn'))
              }}
            />
          )}
          {step.kind === 'moreCodes' && (
            <AskPassword
              text={t('moreCodesText')}
              action={t('moreCodes')}
              send={makeBackupCodes}
              onDone={({ backupCodes }) => setStep({ kind: 'codes', backupCodes })}
            />
          )}
          {step.kind === 'codes' && <BackupCodes codes={step.backupCodes} onClose={close} />}
          {step.kind === 'off' && (
            <AskPassword
              text={t('offText')}
              action={t('turnOff')}
              look="danger"
              send={turnTwoFactorOff}
              onDone={() => {
                close()
                onDone(t('nowOff'))
              }}
            />
          )}
        </Dialog>
      )}
    </section>
  )
}
