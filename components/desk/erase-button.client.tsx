'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useDesk } from './desk-frame.client.tsx'
import { useErasing } from './erasing.client.tsx'
import type { ToErase } from './to-erase.ts'

/** Leads to the window in which something is erased for good; nothing for those who may not. */
export function EraseButton({ describedBy, ...asked }: ToErase & { describedBy: string }) {
  const t = useTranslations('desk.erase')
  const { can } = useDesk()
  const ask = useErasing()
  if (!can.erases) return null
  return (
    <Button look="quietDanger" aria-describedby={describedBy} onClick={() => ask(asked)}>
      {t('open')}
    </Button>
  )
}
