'use client'

import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import type { Words as WordsIn } from '#lib/messages/translator.ts'

type Props = { words: WordsIn<never>; timeZone: string; children: ReactNode }

/** Gives the components below it their words, and the time zone that they tell times in. */
export function Words({ words: { locale, messages }, timeZone, children }: Props) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  )
}
