import sirv from 'sirv'
import type { Handle } from '#lib/cache/record-answer.ts'

/** Sends what the build made for browsers, in the best encoding that they take; passes on whatever else is asked for. */
export function sendBrowserFiles(folder: string, otherwise: Handle): Handle {
  const year = 365 * 24 * 60 * 60
  // Their names say what is in them.
  const files = sirv(folder, { maxAge: year, immutable: true, brotli: true, gzip: true })
  return async (request, response) => files(request, response, () => otherwise(request, response))
}
