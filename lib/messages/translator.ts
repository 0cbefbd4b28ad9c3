import { createTranslator } from 'use-intl/core'
import messages from './en.json' with { type: 'json' }

/** The language of the interface, in the spelling and with the dates of that country. */
export const locale = 'en-GB'

export type Messages = typeof messages

/** The words of a part of the product, for pages that are made on the server. */
export function translator<Namespace extends keyof Messages>(namespace: Namespace) {
  return createTranslator({ locale, messages, namespace })
}

/** The parts of the catalogue that a page's own components need in the browser, and no more. */
export function pick<Name extends keyof Messages>(...names: Name[]): Pick<Messages, Name> {
  return Object.fromEntries(names.map((name) => [name, messages[name]])) as Pick<Messages, Name>
}
