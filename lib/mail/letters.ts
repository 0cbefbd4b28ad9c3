import { catalogues } from '#lib/messages/catalogues.ts'
import { messageText } from '#lib/messages/message-text.ts'
import { siteLocale, translator } from '#lib/messages/translator.ts'
import type { AccountChange } from '#lib/people/account-change.ts'
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

const moment = new Intl.DateTimeFormat(siteLocale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** Tells an account's owner what was changed, and what to do if they didn't do it. `link` leads to where a new password is asked for, and holds no secret. */
export function securityLetter({ owner: { name, email }, actions, at }: AccountChange, link: string): Letter {
  const words = catalogues.en.people.mail
  const what = actions.map((action) => `- ${words.security[action]}`).join('\n')
  return { to: email, subject: words.securitySubject, text: messageText(words.securityText, { name, what, time: moment.format(at), link }) }
}
