import { clientsClaim, type WorkboxPlugin } from 'workbox-core'
import { ExpirationPlugin } from 'workbox-expiration'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst } from 'workbox-strategies'

// What a browser keeps so that a story opens without a network: the readers' pages as they were last made, and what they
// load. The page itself keeps what came since (lib/live/kept-view.ts). Nothing of the desk or of the API is kept.

declare const self: { skipWaiting(): Promise<void>; readonly location: Location }

const day = 24 * 60 * 60

/** The network is waited for this long where there's a kept page to show instead; in seconds. */
const patience = 4

const readersPage = /^\/(stories\/[^/]+)?$/

const pages = new NetworkFirst({
  cacheName: 'staytuned-pages',
  networkTimeoutSeconds: patience,
  plugins: [expiring({ maxEntries: 30, maxAgeSeconds: 30 * day })],
})

// Files that never change: each build gives them other names.
const files = new CacheFirst({
  cacheName: 'staytuned-files',
  plugins: [expiring({ maxEntries: 100, maxAgeSeconds: 60 * day })],
})

const pictures = new CacheFirst({
  cacheName: 'staytuned-pictures',
  plugins: [expiring({ maxEntries: 60, maxAgeSeconds: 14 * day, purgeOnQuotaError: true })],
})

registerRoute(({ request, url, sameOrigin }) => sameOrigin && isReadersPage(request, url) && url.search === '', pages)

// Other parts of a story, and other ways to read it, are not kept: without a network the story itself takes their place.
registerRoute(
  ({ request, url, sameOrigin }) => sameOrigin && isReadersPage(request, url) && url.search !== '',
  async ({ request, url }) => {
    try {
      return await fetch(request)
    } catch (error) {
      const kept = await caches.match(url.origin + url.pathname)
      if (kept) return kept
      throw error
    }
  },
)

registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_next/static/'), files)
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/media/'), pictures)

void self.skipWaiting()
clientsClaim()

function expiring(options: { maxEntries: number; maxAgeSeconds: number; purgeOnQuotaError?: boolean }): WorkboxPlugin {
  // The library's own types don't agree with each other on what may be undefined.
  return new ExpirationPlugin(options) as WorkboxPlugin
}

function isReadersPage(request: Request, url: URL): boolean {
  return request.mode === 'navigate' && readersPage.test(url.pathname)
}
