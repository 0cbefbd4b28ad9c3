import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collect } from '../collect.js'

/** What a server that broadcasts is asked by the benchmark. */
export function bareBroadcast(httpServer: Server) {
  return {
    listen: () =>
      new Promise<number>((resolve) => {
        httpServer.listen(0, '127.0.0.1', () => resolve((httpServer.address() as AddressInfo).port))
      }),
    collect: (): void => collect(),
  }
}

export type BareBroadcast = ReturnType<typeof bareBroadcast>

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}
