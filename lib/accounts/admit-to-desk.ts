import type { IncomingHttpHeaders } from 'node:http'
import type { Store } from '#lib/db/store.ts'
import type { Accounts } from './accounts.ts'
import { permitInStory } from './permit-in-story.ts'

type Admitted = { readonly storyId: string; readonly person: { readonly id: string; readonly name: string } }

/**
 * Lets those to the desk of a story by socket who may see it: by the session's cookie in the headers that the socket was opened
 * with. Null for everybody else. Three or four queries.
 */
export function admitToDesk(accounts: Accounts, store: Store) {
  return async (headers: IncomingHttpHeaders, slug: string): Promise<Admitted | null> => {
    const permission = await permitInStory(store.storyPeople, await accounts.identify(cookieAndOrigin(headers)), 'see the desk', slug)
    if (permission.kind !== 'permitted') return null
    const { id, name } = permission.person
    const stored = await store.story(slug)
    return stored && { storyId: stored.story.id, person: { id, name } }
  }
}

/** All that is kept of what a socket was opened with. */
export function cookieAndOrigin({ cookie, origin }: IncomingHttpHeaders): Headers {
  return new Headers({ ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) })
}
