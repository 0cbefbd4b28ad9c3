import { may } from '#lib/accounts/permissions.ts'
import { refused } from '#lib/http/problem.ts'
import { libraryQuery, readQuery } from '#lib/http/queries.ts'
import { privateRoute, uploadRoute } from '#lib/http/route.ts'
import { addPicture } from '#lib/newsroom/add-picture.ts'
import { readPictures } from '#lib/reading/read-pictures.ts'
import { runtime } from '#lib/runtime.ts'

export const GET = privateRoute('find a picture', async ({ request, newsroom, person }) => {
  const read = readQuery(request.url, libraryQuery)
  return read.kind === 'invalid'
    ? refused(read)
    : readPictures(newsroom.store, read.query, may(person, 'find a picture of another') ? undefined : person.id)
})

export const POST = uploadRoute(({ newsroom, caller, upload }) => addPicture(newsroom, runtime().media, caller, upload))
