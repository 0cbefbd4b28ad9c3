import type { AppProps } from 'next/app'
import '#components/look/fonts.ts'
import '#components/look/tokens.css'
import '#components/look/base.css'
import { ServiceWorker } from '#components/story/service-worker.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import type { Words as WordsIn } from '#lib/messages/translator.ts'

/** What every readers' page is given. */
export type PageProps = {
  readonly words: WordsIn<never>
  readonly direction: 'ltr' | 'rtl'
  /** The zone that times are told in where nothing says otherwise. */
  readonly timeZone: string
}

export default function ReadersApp({ Component, pageProps }: AppProps<PageProps>) {
  return (
    <Words words={pageProps.words} timeZone={pageProps.timeZone}>
      <Component {...pageProps} />
      <ServiceWorker />
    </Words>
  )
}
