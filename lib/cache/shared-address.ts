import { eventsQuery, placeQuery, storyPageQuery } from '#lib/http/queries.ts'

/** An address at which everybody is answered the same, until the log of its story goes on. */
export type SharedAddress = {
  /** One spelling for all addresses that are answered the same: what the page doesn't look at is left out. */
  readonly address: string
  /** Null for what is about all stories. */
  readonly slug: string | null
}

type Kind = { readonly path: RegExp; readonly query: readonly string[] }

const kinds: readonly Kind[] = [
  { path: /^\/$/, query: [] },
  { path: /^\/stories\/([^/]+)$/, query: Object.keys(storyPageQuery.shape) },
  { path: /^\/stories\/([^/]+)\/(?:whole|corrections)$/, query: [] },
  { path: /^\/api\/stories$/, query: [] },
  { path: /^\/api\/stories\/([^/]+)$/, query: Object.keys(placeQuery.shape) },
  { path: /^\/api\/stories\/([^/]+)\/events$/, query: Object.keys(eventsQuery.shape) },
  { path: /^\/api\/stories\/([^/]+)\/updates$/, query: Object.keys(placeQuery.shape) },
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
    const query = search ? canonical(search, kind.query) : ''
    return query === null ? null : { address: path + query, slug: found[1] ?? null }
  }
  return null
}

/** What is asked for, in one order; null if something is asked twice, which each page takes in its own way. */
function canonical(search: string, names: readonly string[]): string | null {
  const asked = new URLSearchParams(search)
  if (names.some((name) => asked.getAll(name).length > 1)) return null
  const kept = new URLSearchParams()
  for (const name of names) {
    const value = asked.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept.size === 0 ? '' : `?${kept}`
}
