import { writeRoute } from '#lib/http/route.ts'
import { doneAndTold } from '#lib/http/tell-owner.ts'
import { changePerson } from '#lib/newsroom/people/change-person.ts'
import { personChanges } from '#lib/people/listed-person.ts'

export const PATCH = writeRoute<{ id: string }>()(personChanges, async ({ newsroom, caller, input, params: { id } }) =>
  doneAndTold(await changePerson(newsroom, caller, id, input)),
)
