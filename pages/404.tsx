import type { GetStaticProps } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { Notice } from '#components/ui/notice.tsx'
import { readersPage } from '#lib/http/readers-page.ts'
import type { PageProps } from './_app.tsx'

export const getStaticProps: GetStaticProps<PageProps> = () => ({ props: readersPage(null) })

export default function NotFoundPage() {
  const t = useTranslations('errors')
  return (
    <>
      <Head>
        <title key="title">{t('notFoundTitle')}</title>
      </Head>
      <Notice title={t('notFoundTitle')} text={t('notFoundText')}>
        <a href="/">{t('toStories')}</a>
      </Notice>
    </>
  )
}
