'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { SignInForm } from './sign-in-form.client.tsx'

/** Signs in and goes on to where the person wanted to go. */
export function SignIn({ to }: { to: string }) {
  const t = useTranslations('desk.signIn')
  const router = useRouter()
  return <SignInForm intro={t('intro')} onSignedIn={() => router.replace(to)} />
}
