import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { SingleUpdate } from '#components/story/single-update.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { pick } from '#lib/messages/translator.ts'
import { readUpdate } from '#lib/reading/read-update.ts'
import { runtime } from '#lib/runtime.ts'
import { bodyText } from '#lib/story/body-text.ts'

type Props = { params: Promise<{ slug: string; id: string }> }

/** Read once for the page and its head. */
const updateAt = cache((slug: string, id: string) => readUpdate(runtime().newsroom.store, slug, id))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, id } = await params
  const found = await updateAt(slug, id)
  if (!found) return {}
  const { story, update } = found
  return { title: update.title ?? story.headline, description: bodyText(update.body).slice(0, 200) }
}

export default async function UpdatePage({ params }: Props) {
  const { slug, id } = await params
  const found = await updateAt(slug, id)
  if (!found) notFound()
  const { story, update, isNewest } = found
  // An update that the story's first page doesn't reach stands at the top of the part that begins with it.
  const inStory = isNewest ? `/stories/${slug}#${id}` : `/stories/${slug}?before=${update.seq + 1}#${id}`
  return (
    <Words messages={pick('story')} timeZone={story.timeZone}>
      <div lang={story.language}>
        <SingleUpdate story={story} update={update} inStory={inStory} />
      </div>
    </Words>
  )
}
