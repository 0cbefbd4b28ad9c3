import { idempotencyKeyOf, writeRoute } from '#lib/http/route.ts'
import { writeNote } from '#lib/newsroom/write-note.ts'
import { newNote } from '#lib/story/note.ts'

type Params = { slug: string }

export const POST = writeRoute<Params>()(
  newNote,
  async ({ newsroom, caller, input, params: { slug }, request }) => {
    const key = idempotencyKeyOf(request)
    return key.kind === 'key' ? writeNote(newsroom, caller, slug, input.text, key.key) : key
  },
  201,
)
