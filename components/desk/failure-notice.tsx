import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { type Failure, isProblem, mayPass } from './desk-api.client.ts'
import styles from './failure-notice.module.css'

type Props = {
  failure: Failure | null
  /** Sends it again; offered where that can help. */
  onRetry?: () => void
  /** In place of what is usually said when nobody answers. */
  unreachable?: string
}

/** Why a write failed and what to do, said aloud as it appears. */
export function FailureNotice({ failure, onRetry, unreachable }: Props) {
  const t = useTranslations('desk.failure')
  const say = useFailureWords(unreachable)
  if (!failure) return null
  return <Warning text={say(failure)}>{mayPass(failure) && onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}</Warning>
}

/** Why a write failed, in words; `unreachable` is said in place of what usually is when nobody answers. */
export function useFailureWords(unreachable?: string): (failure: Failure) => string {
  const t = useTranslations('desk.failure')
  return (failure) => {
    if (isProblem(failure, 'sign-in-needed')) return t('signIn')
    return failure.kind === 'unreachable' ? (unreachable ?? t('unreachable')) : failure.problem.detail
  }
}

/** Something that went wrong, with the ways out of it. */
export function Warning({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className={styles.warning} role="alert">
      <p>{text}</p>
      {children}
    </div>
  )
}
