import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { Story, StoryChanges } from '#lib/story/story.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

export type RevisedStory = { readonly story: Story; readonly epoch: number; readonly head: number }

/** Changes what a story says of itself: headline, standfirst, status, language, time zone. Changes that change nothing write nothing. */
export async function reviseStory(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  changes: StoryChanges,
): Promise<Done<RevisedStory> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'revise a story', slug)
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, async (log): Promise<Done<RevisedStory> | Refusal> => {
    const before = log.now.story
    if (changes.status === 'draft' && before.status !== 'draft') return { kind: 'story-was-opened' }
    const story = changed(before, changes)
    if (JSON.stringify(story) !== JSON.stringify(before)) {
      await log.append({ type: 'story.revised', story }, { at: now(), author: permission.person })
    }
    return done({ story, epoch: log.now.epoch, head: log.now.head })
  })
  return result ?? { kind: 'no-such-story' }
}

function changed(story: Story, changes: StoryChanges): Story {
  return {
    ...story,
    headline: changes.headline ?? story.headline,
    standfirst: changes.standfirst ?? story.standfirst,
    status: changes.status ?? story.status,
    language: changes.language ?? story.language,
    timeZone: changes.timeZone ?? story.timeZone,
  }
}
