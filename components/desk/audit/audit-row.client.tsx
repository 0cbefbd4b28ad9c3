'use client'

import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import { type AuditEntry, auditActions, auditDetails, auditEvents } from '#lib/people/audit-entry.ts'
import styles from './audit.module.css'

const known = [...auditEvents, ...auditActions]

/** One thing that somebody did: when, who, what, and what is known besides. */
export function AuditRow({ entry: { at, actor, action, subject, story, detail } }: { entry: AuditEntry }) {
  const t = useTranslations('audit')
  const say = useMoment()
  const named = known.find((each) => each === action)
  const isAboutSelf = subject.type === 'person' && subject.id === actor.id
  // A story is named once, as the story.
  const label = isAboutSelf || subject.type === 'story' ? '' : subject.label
  // Failures share one entry, which shows their number in place of the action.
  const { count, ...others } = detail
  const isCounted = action === 'sign-in-failed' && typeof count === 'number' && count > 1
  const facts = Object.entries(others).filter(([, value]) => value !== null)
  const words = isCounted ? t('failedSignIns', { count }) : named ? t(`actions.${named}`) : action
  const wordFor = (name: string) => {
    const named = auditDetails.find((each) => each === name)
    return named ? t(`detail.${named}`) : name
  }
  return (
    <li className={styles.entry}>
      <time dateTime={at} className={styles.time} suppressHydrationWarning>
        {say(at, 'time-and-zone')}
      </time>
      <div className={styles.what}>
        <p>
          <strong>{actor.name}</strong> <span className={styles.action}>{words}</span>
          {label && <span>{label}</span>}
          {story && (
            <span className={styles.story}>
              {subject.type !== 'story' && t('list.inStory')} <a href={`/admin/stories/${story.slug}`}>{story.headline}</a>
            </span>
          )}
        </p>
        {facts.length > 0 && (
          <dl className={styles.facts}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{wordFor(name)}</dt>
                <dd suppressHydrationWarning>{name === 'lastAt' ? say(String(value), 'time-and-zone') : String(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  )
}
