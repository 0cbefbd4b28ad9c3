import { privateRoute, writeRoute } from '#lib/http/route.ts'
import { linkTo, mail } from '#lib/http/single-use-link.ts'
import { invitationLetter } from '#lib/mail/letters.ts'
import { done } from '#lib/newsroom/newsroom.ts'
import { invitePerson } from '#lib/newsroom/people/invite-person.ts'
import { newInvitation, type SentInvitation } from '#lib/people/invitation.ts'
import { readInvitations } from '#lib/reading/read-people.ts'

export const GET = privateRoute('invite a person', async ({ newsroom }) => ({ invitations: await readInvitations(newsroom.store.people) }))

export const POST = writeRoute()(
  newInvitation,
  async ({ newsroom, caller, input }) => {
    const invited = await invitePerson(newsroom, caller, input)
    if (invited.kind !== 'done') return invited
    const { invitation, token } = invited.answer
    const link = linkTo('invitation', token)
    const answer: SentInvitation = { invitation, link, mailed: await mail(invitationLetter(invitation, link)) }
    return done(answer)
  },
  201,
)
