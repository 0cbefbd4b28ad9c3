import type { AppProps } from 'next/app'
import '#components/look/fonts.ts'
import '#components/look/tokens.css'
import '#components/look/base.css'

/** Only what a page must not bring itself: what both import would be loaded twice. */
export default function ReadersApp({ Component, pageProps }: AppProps) {
  return <Component {...pageProps} />
}
