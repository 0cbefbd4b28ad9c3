import { bareWriteRoute } from '#lib/http/route.ts'
import { withdrawInvitation } from '#lib/newsroom/people/withdraw-invitation.ts'

export const DELETE = bareWriteRoute<{ id: string }>()(({ newsroom, caller, params: { id } }) => withdrawInvitation(newsroom, caller, id))
