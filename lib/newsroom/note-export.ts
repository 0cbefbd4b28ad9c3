import type { Person } from '#lib/accounts/person.ts'
import type { Newsroom } from './newsroom.ts'

/** Writes down that somebody took a copy of all that a story has said, also before readers could see it. */
export async function noteExport({ store, now }: Newsroom, actor: Person, slug: string): Promise<void> {
  await store.writeStory(slug, (log) => {
    const { id, headline } = log.now.story
    const subject = { type: 'story' as const, id, label: headline }
    return log.note({ at: now(), actor, action: 'story-exported', subject, detail: { seq: log.now.head } })
  })
}
