import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as openRequest, type Server, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type Duplex, pipeline } from 'node:stream'
import { socketPath } from '#lib/live/pulse.ts'

/** What belongs to one connection, and goes no further than that. */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect']

/** The ports of the processes that may answer, the first to be asked first. */
export type Ways = { readonly web: () => readonly number[]; readonly live: () => readonly number[] }

/**
 * One port before many processes of this machine: sockets go to the live ones, the rest to the web ones. Who refuses the connection is
 * passed over; so is who answers 503, if what was asked may be asked twice. Nothing is kept, and nothing compressed.
 */
export function openFront(ways: Ways): Server {
  const waysOf = ({ url = '' }: IncomingMessage) => (url.startsWith(socketPath) ? ways.live() : ways.web())
  const front = createServer((request, response) => void answer(request, response, waysOf(request)))
  front.on('upgrade', (request, socket, head) => void handOver(request, socket, head, waysOf(request)))
  return front
}

async function answer(request: IncomingMessage, response: ServerResponse, ports: readonly number[]): Promise<void> {
  const way = await firstOf(ports)
  if (!way) return void response.writeHead(503, { 'retry-after': '1' }).end()
  const { socket, others } = way
  const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers
  const isRepeatable = (request.method === 'GET' || request.method === 'HEAD') && !hasBody
  const asked = openRequest({
    createConnection: () => socket,
    method: request.method,
    path: request.url,
    headers: { ...ownHeaders(request.headers), 'x-forwarded-for': forwardedFor(request), 'x-request-id': randomUUID(), connection: 'close' },
  })
  const askAnother = () => (isRepeatable ? answer(request, response, others) : void response.writeHead(502).end())
  asked.on('response', (answered) => {
    if (answered.statusCode === 503 && isRepeatable && others.length > 0) {
      answered.resume()
      void askAnother()
      return
    }
    response.writeHead(answered.statusCode ?? 502, ownHeaders(answered.headers))
    // Who is answered only in part is told by the connection's end.
    pipeline(answered, response, () => {})
  })
  asked.on('error', () => {
    if (response.headersSent || response.destroyed) response.destroy()
    else void askAnother()
  })
  response.on('close', () => asked.destroy())
  if (isRepeatable) asked.end()
  else request.pipe(asked)
}

/** Gives the connection itself to a process: what goes over it is theirs alone. */
async function handOver(request: IncomingMessage, client: Duplex, head: Buffer, ports: readonly number[]): Promise<void> {
  client.on('error', () => client.destroy())
  const way = await firstOf(ports)
  if (!way) return void client.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n')
  const { socket } = way
  socket.setNoDelay(true)
  const { 'x-forwarded-for': _, ...headers } = request.headers
  const lines = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => `${name}: ${each}`))
  socket.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\nx-forwarded-for: ${forwardedFor(request)}\r\n\r\n`, 'latin1')
  socket.write(head)
  pipeline(client, socket, () => client.destroy())
  pipeline(socket, client, () => socket.destroy())
}

/** A connection to the first that takes one, and those that come after it. */
async function firstOf([port, ...others]: readonly number[]): Promise<{ socket: Socket; others: readonly number[] } | null> {
  if (port === undefined) return null
  const socket = connect(port, '127.0.0.1')
  // Whoever uses it listens too, but only from then on.
  socket.on('error', () => socket.destroy())
  try {
    await once(socket, 'connect')
  } catch {
    // It has ended, or takes nobody new.
    return firstOf(others)
  }
  return { socket, others }
}

function ownHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)))
}

/** As every proxy does, with the address that we were called from at the end. */
function forwardedFor({ headers, socket }: IncomingMessage): string {
  return [headers['x-forwarded-for'] ?? [], socket.remoteAddress ?? ''].flat().join(', ')
}
