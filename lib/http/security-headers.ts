import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Addresses } from '#lib/addresses.ts'

/**
 * The headers that every answer has. Scripts run only with the nonce of their page, which Next reads from the request's
 * own Content-Security-Policy header and puts on each script that it writes; the readers' pages do so by {@link nonceOf}.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, { publicUrl }: Addresses, isDevelopment: boolean): void {
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), isDevelopment)
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin')
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  if (publicUrl.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
}

/** The nonce that the scripts of this request's page run by. */
export function nonceOf({ headers }: IncomingMessage): string | undefined {
  return /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
}

function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  // React's development build evaluates code to rebuild the server's stack traces, and Next's injects styles.
  const script = isDevelopment ? `'self' 'nonce-${nonce}' 'unsafe-eval'` : `'self' 'nonce-${nonce}'`
  const style = isDevelopment ? "'self' 'unsafe-inline'" : "'self'"
  return [
    "default-src 'self'",
    `script-src ${script}`,
    `style-src ${style}`,
    // Pictures in updates may come from anywhere that is encrypted.
    "img-src 'self' https: data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
