import type { Metadata } from 'next'
import { NewPassword } from '#components/desk/people/new-password.client.tsx'
import { hashToken } from '#lib/accounts/single-use-token.ts'
import { translator } from '#lib/messages/translator.ts'
import { runtime } from '#lib/runtime.ts'
import { Outside } from '../../outside.tsx'

// The address is a secret: it isn't told to whatever is loaded or visited from here.
export const metadata: Metadata = { title: translator('people')('reset.title'), referrer: 'no-referrer' }

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const { store, now } = runtime().newsroom
  const t = translator('people')
  if (!(await store.people.ownerOfReset(hashToken(token), now()))) {
    return (
      <Outside title={t('reset.overTitle')}>
        <p>{t('reset.overText')}</p>
      </Outside>
    )
  }
  return (
    <Outside title={t('reset.title')}>
      <NewPassword token={token} />
    </Outside>
  )
}
