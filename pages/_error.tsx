import type { NextPageContext } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { Notice } from '#components/ui/notice.tsx'
import { readersPage } from '#lib/http/readers-page.ts'
import type { PageProps } from './_app.tsx'

type Props = PageProps & { isMissing: boolean }

/** What is shown where there's nothing, or where something broke. */
export default function ErrorPage({ isMissing }: Props) {
  const t = useTranslations('errors')
  const title = t(isMissing ? 'notFoundTitle' : 'brokenTitle')
  return (
    <>
      <Head>
        <title key="title">{title}</title>
      </Head>
      <Notice title={title} text={t(isMissing ? 'notFoundText' : 'brokenText')}>
        {!isMissing && <a href="">{t('retry')}</a>}
        <a href="/">{t('toStories')}</a>
      </Notice>
    </>
  )
}

ErrorPage.getInitialProps = ({ res }: NextPageContext): Props => ({ ...readersPage(null), isMissing: res?.statusCode === 404 })
