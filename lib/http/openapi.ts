import { z } from 'zod'
import { createDocument } from 'zod-openapi'
import { cookiePrefix } from '#lib/accounts/session-cookie.ts'
import { accountPaths } from './openapi-account.ts'
import { factPaths } from './openapi-facts.ts'
import { mediaPaths } from './openapi-media.ts'
import { json } from './openapi-parts.ts'
import { peoplePaths } from './openapi-people.ts'
import { storyPaths } from './openapi-stories.ts'

const health = z.object({
  status: z.enum(['ok', 'unavailable']),
  role: z.string(),
  database: z.string(),
  lag: z.int().nullable().meta({ description: 'How many events the live channel is behind the log; null where this process has none' }),
})

let made: { publicUrl: string; document: ReturnType<typeof createDocument> } | undefined

/** The HTTP API as an OpenAPI 3.1 document, made from the schemas that the routes themselves use. Made once, about 20 ms. */
export function openApi(publicUrl: string) {
  if (made?.publicUrl !== publicUrl) made = { publicUrl, document: makeDocument(publicUrl) }
  return made.document
}

function makeDocument(publicUrl: string) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Staytuned',
      version: '1',
      description: 'Follow developing stories and write to them. Times are ISO 8601 in UTC, ids are UUIDv7, errors are problem documents (RFC 9457).',
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: `${cookiePrefix(publicUrl)}.session_token` } } },
    paths: {
      '/api/health': {
        get: {
          operationId: 'getHealth',
          summary: 'Whether this process can serve',
          responses: { 200: json('It can', health), 503: json('It cannot', health) },
        },
      },
      ...storyPaths,
      ...factPaths,
      ...mediaPaths,
      ...peoplePaths,
      ...accountPaths,
    },
  })
}
