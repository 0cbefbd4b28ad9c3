import { writeRoute } from '#lib/http/route.ts'
import { describePicture } from '#lib/newsroom/describe-picture.ts'
import { pictureChanges } from '#lib/story/kept-picture.ts'

type Params = { id: string }

export const PATCH = writeRoute<Params>()(pictureChanges, ({ newsroom, caller, input, params }) =>
  describePicture(newsroom, caller, params.id, input),
)
