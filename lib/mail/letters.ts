import { translator } from '#lib/messages/translator.ts'
import type { Letter } from './mailer.ts'

/** Asks somebody to join. */
export function invitationLetter({ email, invitedBy }: { email: string; invitedBy: string }, link: string): Letter {
  const t = translator('people')
  return { to: email, subject: t('mail.invitationSubject', { name: invitedBy }), text: t('mail.invitation', { name: invitedBy, link }) }
}

/** The way to a new password, for whoever has forgotten theirs. */
export function resetLetter({ email, name }: { email: string; name: string }, link: string): Letter {
  const t = translator('people')
  return { to: email, subject: t('mail.resetSubject'), text: t('mail.reset', { name, link }) }
}
