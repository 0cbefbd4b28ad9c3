import { StoryList } from '#components/story/story-list.client.tsx'
import { readStories } from '#lib/reading/read-stories.ts'
import { runtime } from '#lib/runtime.ts'

export default async function HomePage() {
  return <StoryList stories={await readStories(runtime().newsroom.store)} />
}
