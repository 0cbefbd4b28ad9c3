import { noSuchPerson, privateRoute, writeRoute } from '#lib/http/route.ts'
import { renameSelf } from '#lib/newsroom/people/change-own-account.ts'
import { accountChanges } from '#lib/people/account.ts'
import { readAccount } from '#lib/reading/read-people.ts'

export const GET = privateRoute(
  'change their own account',
  async ({ newsroom: { store, now }, caller, person }) => (await readAccount(store.people, person.id, caller.sessionId, now())) ?? noSuchPerson(),
)

export const PATCH = writeRoute()(accountChanges, ({ newsroom, caller, input }) => renameSelf(newsroom, caller, input.name))
