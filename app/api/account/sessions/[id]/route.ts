import { bareWriteRoute } from '#lib/http/route.ts'
import { endOwnSessions } from '#lib/newsroom/people/change-own-account.ts'

export const DELETE = bareWriteRoute<{ id: string }>()(({ newsroom, caller, params: { id } }) => endOwnSessions(newsroom, caller, { only: id }))
