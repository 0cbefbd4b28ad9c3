import type { Shown } from '#lib/story/view.ts'

export type Order = 'newest' | 'oldest'

/** How a story is read: in which order, and which of its updates. */
export type Way = { readonly order: Order; readonly show: Shown }

/** Where in the story: next to a cursor, around an update by its id, or from a moment on. */
export type Spot = { readonly before: string } | { readonly after: string } | { readonly around: string } | { readonly at: string }

/** The address of a story, or of a part of it, read in that way. A spot brings the page to the update that it names. */
export function storyAddress(slug: string, way: Partial<Way> = {}, spot?: Spot): string {
  const query = new URLSearchParams()
  if (way.order === 'oldest') query.set('order', 'oldest')
  if (way.show === 'key') query.set('show', 'key')
  for (const [name, value] of Object.entries(spot ?? {})) query.set(name, value)
  const search = query.size > 0 ? `?${query}` : ''
  const fragment = spot === undefined ? '' : 'around' in spot ? `#${spot.around}` : 'at' in spot ? '#at' : ''
  return `/stories/${slug}${search}${fragment}`
}

/** The address of a story as it stood at a moment, or of what of it is older than a cursor; without a moment, where a form asks for one. */
export function momentAddress(slug: string, at?: string, before?: string): string {
  const query = before === undefined ? '' : `?${new URLSearchParams({ before })}`
  return `/stories/${slug}/at${at === undefined ? '' : `/${at}`}${query}`
}

/** The address of the page that compares a story at two moments; without moments, its form. `before` is a cursor. */
export function comparisonAddress(slug: string, asked: { from?: string; to?: string; before?: string } = {}): string {
  const query = new URLSearchParams(asked)
  return `/stories/${slug}/compare${query.size === 0 ? '' : `?${query}`}`
}

/** The address of what was changed in a story; with an update and a version, of the change that made it. */
export function correctionAddress(slug: string, updateId?: string, version?: number): string {
  const fragment = updateId === undefined || version === undefined ? '' : `#${correctionId(updateId, version)}`
  return `/stories/${slug}/corrections${fragment}`
}

/** The id of a change on that page. */
export function correctionId(updateId: string, version: number): string {
  return `${updateId}-${version}`
}

/** The address of the whole story on one page, or of a part of it, counted from 1. */
export function wholeStoryAddress(slug: string, part = 1): string {
  return `/stories/${slug}/whole${part === 1 ? '' : `?part=${part}`}`
}

export function updateAddress(slug: string, id: string): string {
  return `/stories/${slug}/updates/${id}`
}
