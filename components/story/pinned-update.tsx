import { Pin } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Claim } from '#lib/story/claim.ts'
import type { Update } from '#lib/story/update.ts'
import styles from './pinned-update.module.css'
import { UpdateEntry } from './update-entry.tsx'

type Props = { slug: string; language: string; update: Update; claims: ReadonlyMap<string, readonly Claim[]> }

/** The update that is kept on top, wherever in the timeline it stands. */
export function PinnedUpdate({ claims, ...props }: Props) {
  const t = useTranslations('story')
  return (
    <section aria-label={t('pinned')} className={styles.pinned}>
      <p className={styles.label}>
        <Pin aria-hidden size={14} />
        {t('pinned')}
      </p>
      <UpdateEntry {...props} claims={claims.get(props.update.id)} isCopy />
    </section>
  )
}
