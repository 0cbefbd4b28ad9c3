import type { ServerResponse } from 'node:http'
import { localeFor, siteLocale, type Words, wordsIn } from '#lib/messages/translator.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Story } from '#lib/story/story.ts'

/** What every readers' page is given: the words of its story's language, those of the page itself too, and how it is written. */
export function readersPage(
  story: Pick<Story, 'language' | 'timeZone'> | null,
  ...own: ('asOf' | 'compare' | 'corrections' | 'replay')[]
): { words: Words; direction: 'ltr' | 'rtl'; timeZone: string } {
  const locale = story ? localeFor(story.language) : siteLocale
  // The words of a list of stories are the first page's alone.
  const words = story ? wordsIn(locale, 'site', 'story', 'known', 'moment', 'body', ...own) : wordsIn(locale, 'site', 'stories', 'moment', 'errors')
  return {
    // A page asks for none but its own.
    words: words as Words,
    direction: directionOf(story?.language ?? locale),
    timeZone: story?.timeZone ?? 'UTC',
  }
}

/**
 * The same page for everybody, kept at the edge for a second, so that a crowd costs one request; while it is fetched anew what is there
 * is shown, and for a minute if it can't be fetched: no longer, for what was erased would be shown too.
 */
export function keepAtEdge({ res }: { readonly res: ServerResponse }): void {
  res.setHeader('Cache-Control', 'public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=60')
}
