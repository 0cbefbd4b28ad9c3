'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { AuditFilter, AuditPage } from '#lib/people/audit-entry.ts'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { useWriting } from '../use-writing.client.ts'
import styles from './audit.module.css'
import { exportAddress, queryOf, readAudit } from './audit-api.client.ts'
import { AuditFilterForm, type Choices } from './audit-filter.client.tsx'
import { AuditRow } from './audit-row.client.tsx'

type Props = { page: AuditPage; filter: AuditFilter; choices: Choices }

/** What was done, newest first, as far as it was asked for; older entries are added below. */
export function AuditLog({ page, filter: asked, choices }: Props) {
  const t = useTranslations('audit')
  const [filter, setFilter] = useState(asked)
  const [{ entries, next }, setFound] = useState(page)
  const finding = useWriting()
  const adding = useWriting()

  const find = async (wanted: AuditFilter) => {
    const answered = await finding.run(() => readAudit(wanted, null))
    if (answered?.kind !== 'done') return
    setFilter(wanted)
    setFound(answered.answer)
    adding.clear()
    // The address says what is shown, for a reload and for whoever it is sent to.
    const query = queryOf(wanted).toString()
    window.history.replaceState(null, '', query === '' ? '/admin/audit' : `/admin/audit?${query}`)
  }
  const addOlder = async () => {
    const answered = await adding.run(() => readAudit(filter, next))
    if (answered?.kind === 'done') setFound({ entries: [...entries, ...answered.answer.entries], next: answered.answer.next })
  }
  const isFiltered = queryOf(filter).size > 0
  return (
    <>
      <p className={styles.intro}>{t('intro')}</p>
      <AuditFilterForm filter={filter} choices={choices} isBusy={finding.isSending} onFind={(wanted) => void find(wanted)} />
      <FailureNotice failure={finding.failure} unreachable={t('list.unreachable')} />
      <div className={styles.above}>
        <p role="status">{t('list.found', { count: entries.length })}</p>
        <nav aria-label={t('export.label')} className={styles.exports}>
          <a href={exportAddress(filter, 'csv')} download>
            {t('export.csv')}
          </a>
          <a href={exportAddress(filter, 'ndjson')} download>
            {t('export.ndjson')}
          </a>
        </nav>
      </div>
      <section aria-label={t('list.label')}>
        {entries.length === 0 ? (
          <p className={styles.empty}>{t(isFiltered ? 'list.emptyFound' : 'list.empty')}</p>
        ) : (
          <ol className={styles.list}>
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
      </section>
      <FailureNotice failure={adding.failure} unreachable={t('list.unreachable')} />
      {next !== null ? (
        <div className={form.buttons}>
          <Button isBusy={adding.isSending} onClick={() => void addOlder()}>
            {t(adding.isSending ? 'list.olderBusy' : 'list.older')}
          </Button>
        </div>
      ) : (
        entries.length > 0 && <p className={styles.intro}>{t('list.end')}</p>
      )}
    </>
  )
}
