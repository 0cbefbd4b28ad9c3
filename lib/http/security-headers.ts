import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Addresses } from '#lib/addresses.ts'

/**
 * Sets the headers that every answer has. Scripts run only with the nonce of their page, which Next reads from the request's
 * own Content-Security-Policy header and puts on each script that it writes; the readers' pages do so by {@link nonceOf}.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, addresses: Addresses, isDevelopment: boolean): void {
  const policy = contentSecurityPolicy(`'nonce-${randomBytes(16).toString('base64')}'`, isDevelopment)
  request.headers['content-security-policy'] = policy
  for (const [name, value] of Object.entries(securityHeaders(policy, addresses))) response.setHeader(name, value)
}

/** The same headers for a page that all are sent as it is: the scripts that are written in it are known by what they are. */
export function sharedSecurityHeaders(scripts: readonly string[], addresses: Addresses): Readonly<Record<string, string>> {
  return securityHeaders(contentSecurityPolicy(scripts.map(sourceOf).join(' '), false), addresses)
}

function securityHeaders(policy: string, { publicUrl }: Addresses): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}

function sourceOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}

/** The nonce that the scripts of this request's page run by. */
export function nonceOf({ headers }: IncomingMessage): string | undefined {
  return /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
}

/** `inline` is by what the scripts in the page itself are known. */
function contentSecurityPolicy(inline: string, isDevelopment: boolean): string {
  // React's development build evaluates code to rebuild the server's stack traces, and Next's injects styles.
  const script = ["'self'", inline, isDevelopment ? "'unsafe-eval'" : ''].filter(Boolean).join(' ')
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
