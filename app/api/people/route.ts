import { privateRoute } from '#lib/http/route.ts'
import { readPeople } from '#lib/reading/read-people.ts'

export const GET = privateRoute('see the people', async ({ newsroom }) => ({ people: await readPeople(newsroom.store.people) }))
