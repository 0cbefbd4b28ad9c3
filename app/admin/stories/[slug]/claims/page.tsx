import type { Metadata } from 'next'
import { deskMetadata, deskPage } from '../desk-page.tsx'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return deskMetadata((await params).slug)
}

export default async function ClaimBoardPage({ params }: Props) {
  const { slug } = await params
  return deskPage(slug, `/admin/stories/${slug}/claims`, 'claims')
}
