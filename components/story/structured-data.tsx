import { useTranslations } from 'use-intl'
import { structuredData } from '#lib/story/structured-data.ts'
import type { View } from '#lib/story/view.ts'
import { storyAddress } from './story-address.ts'

/**
 * What programs read of the page. It is written by the server, and left as it is by the page, which so needs neither the words nor
 * what makes them. The only HTML of ours that is a string: JSON, in which no `<` stands as such.
 */
export function StructuredData({ view, publicUrl }: { view: View; publicUrl: string }) {
  const site = useTranslations('site')
  const sayStanding = useTranslations('known.standing')
  const make = () => structuredData(view, { address: publicUrl + storyAddress(view.story.slug), publisher: site('name'), sayStanding })
  const html = { __html: typeof window === 'undefined' ? make() : '' }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON without a `<`, as said above.
  return <script type="application/ld+json" suppressHydrationWarning dangerouslySetInnerHTML={html} />
}
