import type { Metadata } from 'next'
import { Join } from '#components/desk/people/join.client.tsx'
import { hashToken } from '#lib/accounts/single-use-token.ts'
import { translator } from '#lib/messages/translator.ts'
import { runtime } from '#lib/runtime.ts'
import { Outside } from '../../outside.tsx'

// The address is a secret: it isn't told to whatever is loaded or visited from here.
export const metadata: Metadata = { title: translator('people')('accept.title'), referrer: 'no-referrer' }

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const { store, now } = runtime().newsroom
  const t = translator('people')
  const invitation = await store.people.openInvitation(hashToken(token), now())
  if (!invitation) {
    return (
      <Outside title={t('accept.overTitle')}>
        <p>{t('accept.overText')}</p>
      </Outside>
    )
  }
  const { inviterName, email, role, name } = invitation
  return (
    <Outside title={t('accept.title')}>
      <Join token={token} invitedBy={inviterName} email={email} role={role} name={name ?? ''} />
    </Outside>
  )
}
