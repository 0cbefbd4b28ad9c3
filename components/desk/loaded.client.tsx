'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answered } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'

type Props<Value> = {
  /** Asks the server; once, when this appears, and again if that failed. */
  read: () => Promise<Answered<Value>>
  /** What stands around what is said meanwhile. */
  around?: (waiting: ReactNode) => ReactNode
  children: (value: Value) => ReactNode
}

/** What has to be read from the server first: says that it is on its way, or why it didn't come. */
export function Loaded<Value>({ read, around = (waiting) => waiting, children }: Props<Value>) {
  const t = useTranslations('desk.loaded')
  const { send } = useDesk()
  const [answered, setAnswered] = useState<Answered<Value> | null>(null)
  const load = async () => {
    setAnswered(null)
    setAnswered(await send(read))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears.
  useEffect(() => void load(), [])
  if (answered?.kind === 'done') return children(answered.answer)
  return around(
    answered === null ? (
      <p role="status">{t('loading')}</p>
    ) : (
      <FailureNotice failure={answered} onRetry={() => void load()} unreachable={t('unreachable')} />
    ),
  )
}
