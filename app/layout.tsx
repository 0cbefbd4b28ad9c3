import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import '#components/look/tokens.css'
import '#components/look/base.css'
import { fontClasses } from '#components/look/fonts.ts'
import { runtime } from '#lib/runtime.ts'

// Every page depends on the log, and on the nonce that its scripts run by.
export const dynamic = 'force-dynamic'

export function generateMetadata(): Metadata {
  return {
    metadataBase: new URL(runtime().addresses.publicUrl),
    icons: '/favicon.svg',
    title: { default: 'Staytuned', template: '%s – Staytuned' },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fffefb' },
    { media: '(prefers-color-scheme: dark)', color: '#141416' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={fontClasses}>
      <body>{children}</body>
    </html>
  )
}
