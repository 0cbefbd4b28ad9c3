import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { StoryLog } from '#lib/db/story-log.ts'
import type { Cover } from '#lib/story/cover.ts'
import type { Story, StoryChanges } from '#lib/story/story.ts'
import type { StorySettings } from '#lib/story/story-settings.ts'
import { coverOf } from './cover-of.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

export type RevisedStory = { readonly story: Story; readonly settings: StorySettings; readonly epoch: number; readonly head: number }

type Signature = Parameters<StoryLog['append']>[1]

/**
 * Changes what a story says of itself, which is an event, and what only the newsroom knows of it, which is an entry in the audit
 * log. Changes that change nothing write nothing. One transaction; before it a query more if a cover is chosen.
 */
export async function reviseStory(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  changes: StoryChanges,
): Promise<Done<RevisedStory> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'revise a story', slug)
  if (permission.kind !== 'permitted') return permission
  const chosen = await coverOf(store.pictures, changes.cover ?? null)
  if (chosen.kind === 'invalid') return chosen
  const result = await store.writeStory(slug, async (log): Promise<Done<RevisedStory> | Refusal> => {
    const before = log.now.story
    if (changes.status === 'draft' && before.status !== 'draft') return { kind: 'story-was-opened' }
    const signature = { at: log.at(now()), author: permission.person }
    const story = changed(before, { ...changes, cover: changes.cover === undefined ? before.cover : chosen.cover }, signature.at)
    if (story.status !== 'closed' && story.archived) return outOfPlace('archived')
    if (story.status !== 'closed' && story.closingSummary !== '') return outOfPlace('closingSummary')
    if (JSON.stringify(story) !== JSON.stringify(before)) await log.append({ type: 'story.revised', story }, signature)
    await changeSettings(log, changes, signature)
    const { settings, epoch, head } = log.now
    return done({ story, settings, epoch, head })
  })
  return result ?? { kind: 'no-such-story' }
}

function changed(story: Story, changes: Omit<StoryChanges, 'cover'> & { cover: Cover | null }, at: Date): Story {
  const status = changes.status ?? story.status
  const isReopened = story.status === 'closed' && status !== 'closed'
  return {
    ...story,
    headline: changes.headline ?? story.headline,
    standfirst: changes.standfirst ?? story.standfirst,
    status,
    language: changes.language ?? story.language,
    timeZone: changes.timeZone ?? story.timeZone,
    cover: changes.cover,
    closedAt: status !== 'closed' ? null : story.status === 'closed' ? story.closedAt : at.toISOString(),
    closingSummary: changes.closingSummary ?? (isReopened ? '' : story.closingSummary),
    archived: changes.archived ?? (!isReopened && story.archived),
  }
}

function outOfPlace(path: 'archived' | 'closingSummary'): Refusal {
  return { kind: 'invalid', issues: [{ path, message: 'goes with a closed story' }] }
}

async function changeSettings(log: StoryLog, changes: StoryChanges, { at, author }: Signature): Promise<void> {
  const { settings: before, story } = log.now
  const settings = {
    template: changes.template === undefined ? before.template : changes.template,
    autoCloseDays: changes.autoCloseDays === undefined ? before.autoCloseDays : changes.autoCloseDays,
  }
  const subject = { type: 'story' as const, id: story.id, label: story.headline }
  for (const name of ['template', 'autoCloseDays'] as const) {
    if (settings[name] === before[name]) continue
    await log.note({ at, actor: author, action: 'story-setting-changed', subject, detail: { name, from: before[name], to: settings[name] } })
  }
  if (settings.template !== before.template || settings.autoCloseDays !== before.autoCloseDays) await log.saveSettings(settings)
}
