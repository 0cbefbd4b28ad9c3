import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Addresses } from '#lib/addresses.ts'

/**
 * Sets the headers that every answer has. Scripts and styles that are written in a page count only with the nonce of
 * that page, which Next reads from the request's own Content-Security-Policy header and puts on each that it writes; the readers'
 * pages do so by {@link nonceOf}.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, addresses: Addresses, isDevelopment: boolean): void {
  const nonce = `'nonce-${randomBytes(16).toString('base64')}'`
  const policy = contentSecurityPolicy({ scripts: nonce, styles: nonce }, isDevelopment)
  request.headers['content-security-policy'] = policy
  for (const [name, value] of Object.entries(securityHeaders(policy, addresses))) response.setHeader(name, value)
  // Other sites may show our pictures. Nothing else of ours may be loaded into a page of theirs.
  if (request.url?.startsWith('/media/')) response.setHeader(resourcePolicy, 'cross-origin')
}

const resourcePolicy = 'Cross-Origin-Resource-Policy'

/** What is written in a page itself. */
export type Inline = { readonly scripts: readonly string[]; readonly styles: readonly string[] }

/** The same headers for a page that all are sent as it is: what is written in it is known by what it is. */
export function sharedSecurityHeaders({ scripts, styles }: Inline, addresses: Addresses): Readonly<Record<string, string>> {
  const sources = { scripts: scripts.map(sourceOf).join(' '), styles: styles.map(sourceOf).join(' ') }
  return securityHeaders(contentSecurityPolicy(sources, false), addresses)
}

function securityHeaders(policy: string, { publicUrl }: Addresses): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    [resourcePolicy]: 'same-origin',
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}

function sourceOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}

/** The nonce that the scripts of this request's page run by. */
export function nonceOf({ headers }: IncomingMessage): string | undefined {
  return /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
}

/** `inline` is by what that is known which is written in the page itself. */
function contentSecurityPolicy(inline: Readonly<Record<keyof Inline, string>>, isDevelopment: boolean): string {
  // React's development build evaluates code to rebuild the server's stack traces, and Next's injects styles.
  const script = ["'self'", inline.scripts, isDevelopment ? "'unsafe-eval'" : ''].filter(Boolean).join(' ')
  const style = isDevelopment ? "'self' 'unsafe-inline'" : ["'self'", inline.styles].filter(Boolean).join(' ')
  return [
    "default-src 'self'",
    `script-src ${script}`,
    `style-src ${style}`,
    // Pictures in updates may come from anywhere that is encrypted.
    "img-src 'self' https: data:",
    "connect-src 'self'",
    // A page's own words to a thread beside it; that runs under this same policy.
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
