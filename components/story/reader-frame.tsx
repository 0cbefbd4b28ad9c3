import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Words } from '#components/ui/words.client.tsx'
import type { Position } from '#lib/live/watch-epoch.ts'
import type { Words as WordsIn } from '#lib/messages/translator.ts'
import styles from './reader-frame.module.css'
import { Rewritten } from './rewritten.client.tsx'
import { ServiceWorker } from './service-worker.client.tsx'

/** What every readers' page is given by the server. */
export type ReadersPage = {
  readonly words: WordsIn
  readonly direction: 'ltr' | 'rtl'
  /** The zone that times are told in where nothing says otherwise. */
  readonly timeZone: string
}

type Props = {
  page: ReadersPage
  /** Where the page begins after what all pages have. */
  skipTo: 'story' | 'stories'
  /** Of a page that shows something of a story and doesn't follow it: which story, and where its log stood. */
  shows?: Position & { readonly slug: string }
  children: ReactNode
}

/** What stands around everything that readers see, and gives it its words. */
export function ReaderFrame({ page, skipTo, shows, children }: Props) {
  return (
    <Words words={page.words} timeZone={page.timeZone}>
      <Masthead skipTo={skipTo} />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <ServiceWorker />
      {shows && <Rewritten {...shows} />}
    </Words>
  )
}

function Masthead({ skipTo }: Pick<Props, 'skipTo'>) {
  const t = useTranslations('site')
  return (
    <>
      <a className={styles.skip} href="#main">
        {t(skipTo === 'story' ? 'skip' : 'skipToStories')}
      </a>
      <header className={styles.masthead}>
        <a href="/" aria-label={t('home')}>
          {t('name')}
        </a>
      </header>
    </>
  )
}
