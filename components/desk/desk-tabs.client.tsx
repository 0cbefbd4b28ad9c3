'use client'

import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Tabs } from '#components/ui/tabs.client.tsx'
import type { DeskState } from '#lib/story/desk.ts'
import { stageOf } from '#lib/story/draft.ts'
import type { View } from '#lib/story/view.ts'
import { Bulk } from './bulk.client.tsx'
import { Claims } from './claims.client.tsx'
import { Command } from './commands.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import { Drafts } from './drafts.client.tsx'
import { useKept } from './kept.client.ts'
import { Notes } from './notes.client.tsx'
import { Timeline } from './timeline.client.tsx'
import { Withdrawn } from './withdrawn.client.tsx'

export type TabName = (typeof names)[number]

type Props = { state: DeskState; view: View; loadOlder: () => Promise<boolean>; chosen: TabName; onChoose: (name: TabName) => void }

const names = ['published', 'queue', 'drafts', 'scheduled', 'claims', 'withdrawn', 'notes'] as const

/** The id of the newest note that this person has seen. */
const seenNote = z.string()

/** Everything that is written in the story, by where it stands; and what the newsroom says to itself. */
export function DeskTabs({ state: { drafts, withdrawn, notes, reached }, view, loadOlder, chosen, onChoose }: Props) {
  const t = useTranslations('desk.tabs')
  const { story, personId, can } = useDesk()
  const { value: seen, keep } = useKept(`staytuned.notes-seen.${personId}.${story.slug}`, seenNote)
  const newest = notes.at(-1)?.id
  const choose = (name: TabName) => {
    if ((name === 'notes' || chosen === 'notes') && newest) keep(newest)
    onChoose(name)
  }
  const lists = {
    published: view.updates.filter(({ withdrawal }) => withdrawal === null),
    queue: drafts.filter((draft) => stageOf(draft) === 'submitted'),
    drafts: drafts.filter((draft) => stageOf(draft) === 'writing' || stageOf(draft) === 'sent-back'),
    scheduled: drafts.filter((draft) => stageOf(draft) === 'scheduled'),
  }
  const counts = {
    published: 0,
    queue: lists.queue.length,
    drafts: lists.drafts.length,
    scheduled: lists.scheduled.length,
    claims: 0,
    withdrawn: withdrawn.length,
    // Those of colleagues that came since this person looked.
    notes: chosen === 'notes' ? 0 : notes.filter(({ id, authorId }) => authorId !== personId && (seen === null || id > seen)).length,
  }
  const label = (name: TabName) => t(name === 'queue' && !can.publishes ? 'submitted' : name)
  return (
    <Tabs label={t('label')} chosen={chosen} onChoose={choose} tabs={names.map((name) => ({ name, label: label(name), count: counts[name] }))}>
      {names.map((name) => (
        <Command key={name} label={t('show', { name: label(name) })} onRun={() => choose(name)} />
      ))}
      <h2 className="visually-hidden">{label(chosen)}</h2>
      <Bulk chosen={chosen} lists={lists}>
        {chosen === 'published' && <Timeline view={view} reached={reached} loadOlder={loadOlder} />}
        {chosen === 'queue' && <Drafts drafts={lists.queue} none={t(can.publishes ? 'noQueue' : 'noSubmitted')} />}
        {chosen === 'drafts' && <Drafts drafts={lists.drafts} none={t('noDrafts')} />}
        {chosen === 'scheduled' && <Drafts drafts={lists.scheduled} none={t('noScheduled')} />}
        {chosen === 'claims' && <Claims view={view} />}
        {chosen === 'withdrawn' && <Withdrawn updates={withdrawn} isErased={view.epoch > 1} />}
        {chosen === 'notes' && <Notes notes={notes} />}
      </Bulk>
    </Tabs>
  )
}
