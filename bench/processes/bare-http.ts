import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerParent } from './answer-parent.ts'

// The least that a server of Node can do: one body, compressed already, with its headers; and 304 to whoever has it.

let headers: string[] = []
let headersOf304: string[] = []
let tag = ''
let body = Buffer.alloc(0)

const httpServer = createServer((request, response) => {
  if (tag !== '' && request.headers['if-none-match'] === tag) response.writeHead(304, headersOf304).end()
  else response.writeHead(200, headers).end(body)
})

const answers = {
  listen: () =>
    new Promise<number>((resolve) => {
      httpServer.listen(0, '127.0.0.1', () => resolve((httpServer.address() as AddressInfo).port))
    }),
  /** What it answers from now on; headers as names and values in turn. */
  serve(given: { headers: string[]; headersOf304: string[]; tag: string; body: Uint8Array }) {
    ;({ headers, headersOf304, tag } = given)
    body = Buffer.from(given.body)
  },
}

export type BareHttp = typeof answers

answerParent(answers)
