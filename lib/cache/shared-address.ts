import type { z } from 'zod'
import { eventsQuery, placeQuery, storyPageQuery, wholeStoryQuery } from '#lib/http/queries.ts'
import { slug as slugSchema } from '#lib/story/story.ts'

/** An address at which everybody is answered the same, until the log of its story goes on. */
export type SharedAddress = {
  /** One spelling for all addresses that are answered the same: what the page doesn't look at is left out. */
  readonly address: string
  /** Null for what is about all stories. */
  readonly slug: string | null
}

/** What of the address' query is looked at, if anything. What is wrong there a page passes over, as if nothing were asked; the API says so. */
type Kind = { readonly path: RegExp; readonly query?: z.ZodObject; readonly isPage: boolean }

const kinds: readonly Kind[] = [
  { path: /^\/$/, isPage: true },
  { path: /^\/stories\/([^/]+)$/, query: storyPageQuery, isPage: true },
  { path: /^\/stories\/([^/]+)\/whole$/, query: wholeStoryQuery, isPage: true },
  { path: /^\/stories\/([^/]+)\/corrections$/, isPage: true },
  { path: /^\/api\/stories$/, isPage: false },
  { path: /^\/api\/stories\/([^/]+)$/, query: placeQuery, isPage: false },
  { path: /^\/api\/stories\/([^/]+)\/events$/, query: eventsQuery, isPage: false },
  { path: /^\/api\/stories\/([^/]+)\/updates$/, query: placeQuery, isPage: false },
]

/** No page has a longer one. */
const longest = 300

/** What a request's address is one of; null if somebody else has to answer it. */
export function sharedAddress(url: string): SharedAddress | null {
  if (url.length > longest) return null
  const [path = '', search] = url.split('?', 2)
  for (const kind of kinds) {
    const found = kind.path.exec(path)
    if (!found) continue
    const query = kind.query ? canonical(search ?? '', kind.query, kind.isPage) : ''
    if (query === null) return null
    const slug = found[1] === undefined ? null : slugOf(found[1])
    return { address: (slug === null ? path : path.replace(/(\/stories\/)[^/]+/, `$1${slug}`)) + query, slug }
  }
  return null
}

/** No story's name: where one should be that can't be any, all are answered as this is. */
const noSlug = '-'

function slugOf(part: string): string {
  try {
    return slugSchema.safeParse(decodeURIComponent(part)).data ?? noSlug
  } catch {
    return noSlug
  }
}

/**
 * What is asked for, in one order, without what is so anyway; null if it is wrong, or asked twice, and the API is to say so.
 */
function canonical(search: string, schema: z.ZodObject, isPage: boolean): string | null {
  const asked = new URLSearchParams(search)
  const names = Object.keys(schema.shape).filter((name) => asked.has(name))
  if (names.length === 0) return ''
  const isOnce = names.every((name) => asked.getAll(name).length === 1)
  const parsed = schema.safeParse(Object.fromEntries(names.map((name) => [name, asked.get(name)])))
  if (!isOnce || !parsed.success) return isPage ? '' : null
  const usual: Readonly<Record<string, unknown>> = schema.safeParse({}).data ?? {}
  const kept = new URLSearchParams(names.flatMap((name) => (parsed.data[name] === usual[name] ? [] : [[name, String(parsed.data[name])]])))
  return kept.size === 0 ? '' : `?${kept}`
}
