import { uploadRoute } from '#lib/http/route.ts'
import { addPicture } from '#lib/newsroom/add-picture.ts'
import { runtime } from '#lib/runtime.ts'

export const POST = uploadRoute(({ newsroom, caller, upload }) => addPicture(newsroom, runtime().media, caller, upload))
