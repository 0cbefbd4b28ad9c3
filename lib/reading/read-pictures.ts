import type { Store } from '#lib/db/store.ts'
import type { PicturePage } from '#lib/story/kept-picture.ts'

export const picturesPage = 24

/** The most pictures that one answer holds. */
export const mostPictures = 100

/** More words than this don't find anything better. */
const mostWords = 8

export type PictureQuery = { readonly q: string; readonly before?: string | undefined; readonly limit: number }

/**
 * The pictures that were uploaded, newest first, of which each word of `q` is said: a part of what it shows, of whose it is
 * or of its file's name, in whatever case. The cursor is a picture's id, which is in the order of time. One query: it goes back
 * from the newest until it has found enough, which for words that are said of none is a look at each: 0.2 s for 10,000.
 */
export async function readPictures({ pictures }: Store, { q, before, limit }: PictureQuery, by?: string): Promise<PicturePage> {
  const words = q.split(/\s+/).filter(Boolean).slice(0, mostWords)
  // One more than is shown tells whether there is more.
  const found = await pictures.newest({ words, by, before, limit: limit + 1 })
  const page = found.slice(0, limit)
  return { pictures: page, next: found.length > limit ? (page.at(-1)?.id ?? null) : null }
}
