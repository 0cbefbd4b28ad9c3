import type { NextPageContext } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import type { ReadersPage } from '#components/story/reader-frame.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { readersPage } from '#lib/http/readers-page.ts'

type Problem = {
  isMissing: boolean
  /** Of the page that was asked for. */
  address: string
}

/** What is shown where there's nothing, or where something broke. */
export default function ErrorPage({ page, ...problem }: Problem & { page: ReadersPage }) {
  return (
    <Words words={page.words} timeZone={page.timeZone}>
      <ProblemNotice {...problem} />
    </Words>
  )
}

function ProblemNotice({ isMissing, address }: Problem) {
  const t = useTranslations('errors')
  const title = t(isMissing ? 'notFoundTitle' : 'brokenTitle')
  return (
    <>
      <Head>
        <title key="title">{title}</title>
      </Head>
      <Notice title={title} text={t(isMissing ? 'notFoundText' : 'brokenText')}>
        {!isMissing && <a href={address}>{t('retry')}</a>}
        <a href="/">{t('toStories')}</a>
      </Notice>
    </>
  )
}

ErrorPage.getInitialProps = ({ res, asPath = '/' }: NextPageContext) => ({
  page: readersPage(null),
  isMissing: res?.statusCode === 404,
  address: asPath,
})
