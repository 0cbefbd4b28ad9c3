import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Received = { readonly to: readonly string[]; readonly text: string }

export type LetterBox = {
  /** What STAYTUNED_SMTP_URL is to be. */
  readonly url: string
  /** The oldest letter to that address that wasn't taken yet; waits for it. */
  next(to: string): Promise<Received>
  close(): Promise<void>
}

/** A mail server that keeps what it is sent, and knows of nobody whose address begins with `refused`. */
export async function openLetterBox(): Promise<LetterBox> {
  const letters: Received[] = []
  let tell = () => {}
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, taken) {
      taken(address.startsWith('refused') ? new Error(`<${address}>: nobody here has this address`) : null)
    },
    onData(stream, session, taken) {
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (part) => {
        raw += part
      })
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: decoded(raw) })
        tell()
        taken()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    async next(to) {
      for (;;) {
        const at = letters.findIndex((letter) => letter.to.includes(to))
        const [found] = at === -1 ? [] : letters.splice(at, 1)
        if (found) return found
        await new Promise<void>((resolve) => {
          tell = resolve
        })
      }
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The text of a letter, whose lines may have been folded and letters spelt out for old mail servers. */
function decoded(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (!/quoted-printable/i.test(head)) return body
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
