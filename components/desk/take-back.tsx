import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'

type Props = {
  /** What it is called, if not as for an entry that was sent. */
  label?: string
  isWriting: boolean
  onTakeBack: () => void
}

/** Takes an entry back into the composer, unless something else is being written there: then it says so. */
export function TakeBack({ label, isWriting, onTakeBack }: Props) {
  const t = useTranslations('desk.outbox')
  const id = useId()
  return (
    <>
      <Button look="quiet" isBusy={isWriting} aria-describedby={isWriting ? id : undefined} onClick={onTakeBack}>
        {label ?? t('takeBack')}
      </Button>
      {isWriting && <span id={id}>{t('takeBackBusy')}</span>}
    </>
  )
}
