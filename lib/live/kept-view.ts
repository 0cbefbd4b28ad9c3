import type { View } from '#lib/story/view.ts'
import { isView } from './readable.ts'

/** Between two writes of a story that goes fast, in ms. */
const keepEveryMs = 3_000

/** Of more stories than this the ones that were read longest ago go. */
const mostStories = 30

/** More than this of a timeline isn't kept: it is for the next time without a network, not an archive. */
const mostKept = 100

const cacheName = 'staytuned-views'

/** What the service worker keeps that may show what a story says: lib/offline/service-worker.ts. */
const othersThatShow = ['staytuned-pages', 'staytuned-pictures']

/** A view, and until when it was known to be the newest, in ms since 1970. */
export type KeptView = { readonly view: View; readonly at: number }

export type ViewKeeper = {
  /** What this browser kept of the story; null if that is nothing, or no more than is known. Never throws. */
  kept(known: View): Promise<KeptView | null>
  /** Keeps it, soon. */
  keep(view: View): void
  /** Keeps at once what waits to be kept. */
  flush(): void
}

/** Keeps the newest view of each story for a page that opens without a network, in the browser's cache storage if it has one. */
export function createViewKeeper(): ViewKeeper {
  let waiting: View | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const flush = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting !== null) void write(waiting)
    waiting = null
  }
  return {
    async kept(known) {
      const kept = await read(known.story.slug)
      // Something was erased since.
      if (kept && kept.view.epoch < known.epoch) await dropKept()
      return kept && kept.view.epoch === known.epoch && kept.view.head > known.head && isSamePlace(kept.view, known) ? kept : null
    },
    keep(view) {
      // The page without a network is the story's own; other parts of it and other ways to read it are not kept.
      if (view.newer !== null || view.show !== 'all') return
      waiting = view
      timer ??= setTimeout(flush, keepEveryMs)
    },
    flush,
  }
}

/** Whether it can take the other's place on a page: both begin with the newest. */
function isSamePlace(kept: View, known: View): boolean {
  return kept.newer === null && known.newer === null && kept.show === known.show
}

/** Keeps nothing any more of any page: something of one of them was erased. Never throws. */
export async function dropKept(): Promise<void> {
  try {
    if ('caches' in globalThis) await Promise.all([cacheName, ...othersThatShow].map((name) => caches.delete(name)))
  } catch {
    // Storage that is switched off holds nothing.
  }
}

async function read(slug: string): Promise<KeptView | null> {
  try {
    if (!('caches' in globalThis)) return null
    const cache = await caches.open(cacheName)
    const value: unknown = await (await cache.match(addressOf(slug)))?.json()
    return isKeptView(value) ? value : null
  } catch {
    // Storage that is switched off, or something in it that isn't ours: nothing is kept.
    return null
  }
}

async function write(view: View): Promise<void> {
  try {
    if (!('caches' in globalThis)) return
    const updates = view.updates.slice(0, mostKept)
    const last = updates.at(-1)
    const next = updates.length < view.updates.length && last ? String(last.seq) : view.next
    const cache = await caches.open(cacheName)
    // What is kept was read as it is: nothing older may be added to it.
    const { readAt: _, changedOutside: _changes, ...shown } = view
    const kept: KeptView = { view: { ...shown, updates, next }, at: Date.now() }
    await cache.put(addressOf(view.story.slug), Response.json(kept))
    const addresses = await cache.keys()
    for (const address of addresses.slice(0, -mostStories)) await cache.delete(address)
  } catch {
    // No room, or no storage: the story still opens with a network.
  }
}

function isKeptView(value: unknown): value is KeptView {
  return typeof value === 'object' && value !== null && 'view' in value && 'at' in value && typeof value.at === 'number' && isView(value.view)
}

function addressOf(slug: string): string {
  return `/stories/${slug}/kept-view`
}
