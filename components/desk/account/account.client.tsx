'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Account as AccountOf } from '#lib/people/account.ts'
import { Warning } from '../failure-notice.tsx'
import { useFetched } from '../use-fetched.client.ts'
import { readAccount } from './account-api.client.ts'
import { ChangePassword } from './change-password.client.tsx'
import { Details } from './details.client.tsx'
import { Passkeys } from './passkeys.client.tsx'
import { Sessions } from './sessions.client.tsx'
import { TwoFactor } from './two-factor.client.tsx'

/** One's own account: name, password, what else it takes to sign in, and where one is signed in. */
export function Account({ initial }: { initial: AccountOf }) {
  const t = useTranslations('people.list')
  const { value: account, failure, announced, reload, afterwards } = useFetched(initial, readAccount)
  return (
    <>
      <p className="visually-hidden" role="status">
        {announced}
      </p>
      {failure && (
        <Warning text={t('stale')}>
          <Button onClick={() => void reload()}>{t('loadAgain')}</Button>
        </Warning>
      )}
      <Details account={account} onDone={afterwards} />
      <ChangePassword email={account.email} hasPasskeys={account.passkeys.length > 0} onDone={afterwards} />
      <TwoFactor isOn={account.hasTwoFactor} onDone={afterwards} />
      <Passkeys passkeys={account.passkeys} onDone={afterwards} />
      <Sessions sessions={account.sessions} onDone={afterwards} />
    </>
  )
}
