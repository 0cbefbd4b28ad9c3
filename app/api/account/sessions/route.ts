import { bareWriteRoute } from '#lib/http/route.ts'
import { endOwnSessions } from '#lib/newsroom/people/change-own-account.ts'

export const DELETE = bareWriteRoute()(({ newsroom, caller }) => endOwnSessions(newsroom, caller, 'others'))
