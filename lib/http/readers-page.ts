import type { IncomingMessage, ServerResponse } from 'node:http'
import { localeFor, siteLocale, type Words, wordsIn } from '#lib/messages/translator.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Story } from '#lib/story/story.ts'

type Request = { readonly res: ServerResponse; readonly req: IncomingMessage }

/** What every readers' page is given: the words of its story's language, and how that is written. */
export function readersPage(story: Pick<Story, 'language' | 'timeZone'> | null): { words: Words; direction: 'ltr' | 'rtl'; timeZone: string } {
  const locale = story ? localeFor(story.language) : siteLocale
  return {
    // The desk's words stay at the desk.
    words: wordsIn(locale, 'site', 'stories', 'story', 'moment', 'body', 'errors') as Words,
    direction: directionOf(story?.language ?? locale),
    timeZone: story?.timeZone ?? 'UTC',
  }
}

/** The same page for everybody, kept at the edge for a second, so that a crowd costs one request. */
export function keepAtEdge({ res }: Request): void {
  res.setHeader('Cache-Control', 'public, max-age=0, s-maxage=1, stale-while-revalidate=5')
}
