import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'

/** Takes an entry back into the composer, unless something else is being written there: then it says so. */
export function TakeBack({ isWriting, onTakeBack }: { isWriting: boolean; onTakeBack: () => void }) {
  const t = useTranslations('desk.outbox')
  const id = useId()
  return (
    <>
      <Button look="quiet" isBusy={isWriting} aria-describedby={isWriting ? id : undefined} onClick={onTakeBack}>
        {t('takeBack')}
      </Button>
      {isWriting && <span id={id}>{t('takeBackBusy')}</span>}
    </>
  )
}
