import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { Reached } from '#lib/story/reached.ts'
import styles from './composer.module.css'
import type { Written } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import type { Outgoing } from './outbox.ts'
import { ReachedLine } from './reached-line.tsx'

export type SentEntry = Written & { readonly as: Outgoing['as'] }

/** Says that what was written has arrived, and where it is; and whom it reached, once that is known. */
export function Sent({ sent, reached }: { sent: SentEntry | null; reached: Reached | undefined }) {
  return (
    <div>
      <p className={styles.sent} role="status">
        {sent && <Words sent={sent} />}
      </p>
      {reached && <ReachedLine reached={reached} />}
    </div>
  )
}

function Words({ sent: { id, as, publishedAt, publishAt } }: { sent: SentEntry }) {
  const t = useTranslations('desk.composer')
  const say = useMoment()
  const { slug, status } = useDesk().story
  if (as === 'scheduled' && publishAt !== null) return t('scheduled', { time: say(publishAt, 'time-and-zone') })
  if (as !== 'published' || publishedAt === null) return t(as === 'submitted' ? 'draftSubmitted' : 'draftSaved')
  // Readers' pages have nothing of a draft story; it stands further down on this one.
  const href = status === 'draft' ? `#${id}` : `/stories/${slug}/updates/${id}`
  return t.rich('published', { time: say(publishedAt, 'time'), link: (words) => <a href={href}>{words}</a> })
}
