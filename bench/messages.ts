/** What a Socket.IO message says, as far as a reader of a benchmark needs to know. */
export type Said =
  | { readonly kind: 'opened' | 'ping' | 'joined' | 'closed' | 'else' }
  | { readonly kind: 'events'; readonly seqs: readonly number[] }
  | { readonly kind: 'head'; readonly head: number }
  | { readonly kind: 'leaving'; readonly within: number }
  | { readonly kind: 'answer'; readonly seqs: readonly number[]; readonly head: number; readonly isAsked: boolean }
  | { readonly kind: 'refused' }

export type Messages = {
  read(bytes: Buffer, start: number, end: number): Said
  /** The newest message of events, as it was sent. */
  newestEvents(): string
}

const remembered = 64

/** All readers get the same bytes: each message is parsed once, and is known by its bytes when it comes to the others. */
export function messages(): Messages {
  const known: { readonly bytes: Buffer; readonly said: Said }[] = []
  let newest = ''
  return {
    read(bytes, start, end) {
      const length = end - start
      for (let index = known.length - 1; index >= 0; index -= 1) {
        const candidate = known[index]
        if (candidate?.bytes.length === length && candidate.bytes.compare(bytes, start, end) === 0) return candidate.said
      }
      const text = bytes.toString('utf8', start, end)
      const said = parse(text)
      if (said.kind === 'events') newest = text
      known.push({ bytes: Buffer.from(bytes.subarray(start, end)), said })
      if (known.length > remembered) known.shift()
      return said
    },
    newestEvents: () => newest,
  }
}

type Message = {
  readonly ok?: boolean
  readonly head?: number
  readonly within?: number
  readonly confirm?: boolean
  readonly reset?: boolean
  readonly events?: readonly { readonly seq: number }[]
}

function parse(text: string): Said {
  if (text.startsWith('0')) return { kind: 'opened' }
  if (text === '2') return { kind: 'ping' }
  if (text.startsWith('40')) return { kind: 'joined' }
  if (text === '1' || text.startsWith('41') || text.startsWith('44')) return { kind: 'closed' }
  if (text.startsWith('42')) {
    const [name, { events = [], head = 0, within = 0 }] = JSON.parse(text.slice(2)) as [string, Message]
    if (name === 'events') return { kind: 'events', seqs: events.map(({ seq }) => seq) }
    if (name === 'head') return { kind: 'head', head }
    if (name === 'leaving') return { kind: 'leaving', within }
  }
  if (text.startsWith('430')) {
    const [{ ok, head = 0, events = [], confirm, reset }] = JSON.parse(text.slice(3)) as [Message]
    // Nothing here rewrites history: a reset would be a loss.
    if (ok !== true || reset === true) return { kind: 'refused' }
    return { kind: 'answer', head, seqs: events.map(({ seq }) => seq), isAsked: confirm === true }
  }
  return { kind: 'else' }
}
