import type { GetStaticProps } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { Notice } from '#components/ui/notice.tsx'
import { readersPage } from '#lib/http/readers-page.ts'
import type { PageProps } from './_app.tsx'

export const getStaticProps: GetStaticProps<PageProps> = () => ({ props: readersPage(null) })

export default function BrokenPage() {
  const t = useTranslations('errors')
  return (
    <>
      <Head>
        <title key="title">{t('brokenTitle')}</title>
      </Head>
      <Notice title={t('brokenTitle')} text={t('brokenText')}>
        <a href="">{t('retry')}</a>
        <a href="/">{t('toStories')}</a>
      </Notice>
    </>
  )
}
