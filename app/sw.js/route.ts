import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { route } from '#lib/http/route.ts'

/** The service worker that the build made; there's none in development. */
export const GET = route(async () => {
  const script = await readFile(join(process.cwd(), '.next/staytuned/service-worker.js'), 'utf8')
  return new Response(script, { headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' } })
})
