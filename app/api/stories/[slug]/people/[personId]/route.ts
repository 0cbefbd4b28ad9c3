import { writeRoute } from '#lib/http/route.ts'
import { choosePerson } from '#lib/newsroom/choose-person.ts'
import { storyPersonChange } from '#lib/story/desk.ts'

type Params = { slug: string; personId: string }

export const PUT = writeRoute<Params>()(
  storyPersonChange,
  ({ newsroom, caller, input, params: { slug, personId } }) => choosePerson(newsroom, caller, slug, personId, input.role),
  204,
)
