/** @type {import('next').NextConfig} */
const config = {
  // The server that wraps Next sets every security header, for pages and sockets alike: lib/http/security-headers.ts.
  poweredByHeader: false,
  // `npm run check` owns the types; a start that has to build shouldn't check them again.
  typescript: { ignoreBuildErrors: true },
  // An update's page must never be older than the log: nothing is kept in the browser's router between visits.
  // And readers' pages are never changed by a router: theirs needs no list of what there is.
  experimental: { staleTimes: { dynamic: 0 }, clientRouterFilter: false },
  // Next keeps what it makes of a picture for a year, where an erasure wouldn't reach it. Ours are made by lib/media.
  images: { unoptimized: true },
  // Messages are compiled before they are sent: lib/messages/translator.ts. Without this each page would bring their parser.
  transpilePackages: ['use-intl', 'icu-minify'],
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
}

export default config
