import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Addresses } from '#lib/addresses.ts'
import type { Store } from '#lib/db/store.ts'
import { type Inline, sharedSecurityHeaders } from '#lib/http/security-headers.ts'
import type { FairLimit } from '#lib/limits/fair-limit.ts'
import { answerCache } from './answer-cache.ts'
import { type Handle, recordAnswer } from './record-answer.ts'
import { hasPlace, settledAddress } from './settled-address.ts'
import { type SharedAddress, sharedAddress } from './shared-address.ts'
import { type StoredAnswer, storedAnswer } from './stored-answer.ts'

/** All answers together may take so much memory, in bytes: about 400 pages. */
const mostBytes = 96 * 1024 * 1024
const keptMs = 10_000

type Asked = Pick<IncomingMessage, 'method' | 'url'>

export type SharedAnswers = {
  /** What readers are answered at an address that is the same for all of them, if it is in memory. */
  peek(request: Asked): StoredAnswer | undefined
  /**
   * The same, made if it isn't; null for any other request. 'busy' if too much else is being made: see lib/http/uncached-work.ts. `key`
   * names who asks.
   */
  answerTo(request: Asked, key: string): Promise<StoredAnswer | 'busy'> | null
  /** Forgets at once what was made of a story. */
  drop(storyId: string): void
  stop(): Promise<void>
}

/**
 * Keeps in memory what readers' pages and the calls behind them are answered, ready to be sent. `handle` makes them. An answer is as
 * new as the log: what is appended here drops it before the writer is answered, what is appended elsewhere as soon as that is heard of.
 */
export async function shareAnswers(handle: Handle, store: Store, addresses: Addresses, limit: FairLimit): Promise<SharedAnswers> {
  const { host } = new URL(addresses.publicUrl)
  const cache = answerCache<StoredAnswer>(
    {
      async make(address, isAbout) {
        const slug = sharedAddress(address)?.slug ?? null
        // Where the database is away, the page says so.
        const stored = slug === null ? null : await store.story(slug).catch(() => undefined)
        // Where there's no story, there may be one after the next append anywhere.
        if (slug === null || stored !== undefined) isAbout(stored?.story.id ?? null)
        const nonce = randomBytes(16).toString('hex')
        const recorded = await recordAnswer(handle, host, address, `script-src 'nonce-${nonce}'`)
        if (!recorded.headers['content-type']?.startsWith('text/html'))
          return storedAnswer(recorded, sharedSecurityHeaders({ scripts: [], styles: [] }, addresses))
        const page = withoutNonce(recorded.body.toString(), nonce)
        return storedAnswer({ ...recorded, body: Buffer.from(page.html) }, sharedSecurityHeaders(page.inline, addresses))
      },
      sizeOf: ({ status, bytes }) => (status === 200 || status === 404 ? bytes : null),
      enter: limit.enter,
      now: () => performance.now(),
    },
    { mostBytes, keptMs },
  )
  const stopOwn = store.onOwnAppend(cache.drop)
  const stopListening = await store.onAppend(cache.drop)
  const addressIn = ({ method, url }: Asked) => (method === 'GET' || method === 'HEAD' ? sharedAddress(url ?? '') : null)
  const settle = async (asked: SharedAddress, key: string): Promise<string | null> => {
    const { admitted, release } = limit.enter(key)
    try {
      if (!(await admitted)) return null
      // Where the database is away, the page says so.
      return await settledAddress(store, asked).catch(() => asked.address)
    } finally {
      release()
    }
  }
  const answer = async (asked: SharedAddress, key: string): Promise<StoredAnswer | 'busy'> => {
    const known = cache.find(asked.address, key)
    const address = known === undefined && hasPlace(asked) ? await settle(asked, key) : asked.address
    return (await (known ?? (address === null ? null : cache.get(address, key)))) ?? 'busy'
  }
  return {
    peek(request) {
      const asked = addressIn(request)
      return asked === null ? undefined : cache.peek(asked.address)
    },
    answerTo(request, key) {
      const asked = addressIn(request)
      return asked === null ? null : answer(asked, key)
    },
    drop: cache.drop,
    async stop() {
      stopOwn()
      await stopListening()
    },
  }
}

/**
 * A page without the nonce that our own scripts and styles were given, and what is written in those of them that count as they stand.
 * What somebody got into a page doesn't bear it, and isn't among them.
 */
function withoutNonce(html: string, nonce: string): { html: string; inline: Inline } {
  const mark = ` nonce="${nonce}"`
  const own = Array.from(html.matchAll(/<(script|style)([^>]*)>([\s\S]*?)<\/\1>/g))
    .filter(([, , attributes = '']) => attributes.includes(mark) && !/ (src|type)=/.test(attributes))
    .map(([, name, , content = '']) => ({ name, content }))
  const contents = (of: string) => own.filter(({ name }) => name === of).map(({ content }) => content)
  // Next notes it in one more place; it would make a new page of the same one each time.
  return { html: html.replaceAll(mark, '').replaceAll(nonce, ''), inline: { scripts: contents('script'), styles: contents('style') } }
}
