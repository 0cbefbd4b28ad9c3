import { writeRoute } from '#lib/http/route.ts'
import { sendDraftBack } from '#lib/newsroom/send-draft-back.ts'
import { sendingBack } from '#lib/story/draft.ts'

type Params = { slug: string; id: string }

export const POST = writeRoute<Params>()(sendingBack, ({ newsroom, caller, input, params: { slug, id } }) =>
  sendDraftBack(newsroom, caller, slug, id, input.note),
)
