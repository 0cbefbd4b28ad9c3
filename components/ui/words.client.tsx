'use client'

import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { locale, type Messages } from '#lib/messages/translator.ts'

/** Gives the components below it their words, and the time zone that they tell times in. */
export function Words({ messages, timeZone, children }: { messages: Partial<Messages>; timeZone: string; children: ReactNode }) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  )
}
