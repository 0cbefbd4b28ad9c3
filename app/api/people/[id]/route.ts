import { writeRoute } from '#lib/http/route.ts'
import { changePerson } from '#lib/newsroom/people/change-person.ts'
import { personChanges } from '#lib/people/listed-person.ts'

export const PATCH = writeRoute<{ id: string }>()(personChanges, ({ newsroom, caller, input, params: { id } }) =>
  changePerson(newsroom, caller, id, input),
)
