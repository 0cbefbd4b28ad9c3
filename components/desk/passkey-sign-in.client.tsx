'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { isProblem } from './desk-api.client.ts'
import { FailureNotice, Warning } from './failure-notice.tsx'
import styles from './form.module.css'
import { type PasskeyAnswer, signInWithPasskey } from './passkey.client.ts'

type State = 'idle' | 'busy' | PasskeyAnswer

/** Signing in with what the device keeps, where the browser can. */
export function PasskeySignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useTranslations('desk.signIn')
  const isHydrated = useHydrated()
  const [state, setState] = useState<State>('idle')
  if (!isHydrated || !('PublicKeyCredential' in window)) return null
  const onClick = async () => {
    setState('busy')
    const answered = await signInWithPasskey()
    if (answered.kind === 'done') onSignedIn()
    else setState(answered)
  }
  return (
    <>
      <div className={styles.buttons}>
        <Button isBusy={state === 'busy'} onClick={() => void onClick()}>
          {t('passkey')}
        </Button>
      </div>
      {typeof state === 'object' && <Failed answered={state} />}
    </>
  )
}

function Failed({ answered }: { answered: PasskeyAnswer }) {
  const t = useTranslations('desk.signIn')
  if (answered.kind === 'done') return null
  if (answered.kind === 'refused') return <Warning text={t('passkeyFailed')} />
  if (isProblem(answered, 'deactivated')) return <Warning text={t('deactivated')} />
  if (isProblem(answered, 'sign-in-needed')) return <Warning text={t('passkeyUnknown')} />
  return <FailureNotice failure={answered} unreachable={t('unreachable')} />
}
