import type { IncomingMessage } from 'node:http'

/** Longer than any address with a zone or a port; a proxy that is set wrongly passes on whatever a client sends. */
const maxLength = 64

/**
 * The address that a request came from. Each proxy adds to X-Forwarded-For the address it was called from; of those only
 * the ones that our own `proxies` added can be believed, so the client's is that many from the end.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number): string {
  const peer = request.socket.remoteAddress ?? ''
  if (proxies === 0) return peer
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean)
  return (forwarded.at(-proxies) ?? forwarded[0] ?? peer).slice(0, maxLength)
}
