import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { type Failure, isProblem } from './desk-api.client.ts'
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
  if (!failure) return null
  if (isProblem(failure, 'sign-in-needed')) return <Warning text={t('signIn')}>{onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}</Warning>
  const mayPass = failure.kind === 'unreachable' || failure.problem.status === 429 || failure.problem.status >= 500
  return (
    <Warning text={failure.kind === 'unreachable' ? (unreachable ?? t('unreachable')) : failure.problem.detail}>
      {mayPass && onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    </Warning>
  )
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
