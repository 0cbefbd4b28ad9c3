import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Answered, Written } from '#components/desk/desk-api.client.ts'
import { emptyText } from '#components/desk/entry-text.ts'
import { createOutbox, type Outgoing, sentFirst } from '#components/desk/outbox.ts'
import { problemType } from '#lib/http/problem-document.ts'

/** How a call may go: done, or done with the answer lost, or lost on the way, or the server is in trouble, or the session has ended. */
type Fate = 'done' | 'answerLost' | 'lost' | 'trouble' | 'signedOut'

/** A server that takes each key once, refuses titles with "bad" in them, and is reached as the fates say; then always. */
function aServer(fates: Fate[]) {
  const log: string[] = []
  const take = ({ idempotencyKey, text }: Outgoing): Answered<Written> => {
    if (text.title.includes('bad')) return problem('invalid', 400)
    if (!log.includes(idempotencyKey)) log.push(idempotencyKey)
    return { kind: 'done', answer: { id: idempotencyKey, version: 1, publishedAt: null, publishAt: null } }
  }
  return {
    log,
    async send(entry: Outgoing): Promise<Answered<Written>> {
      await Promise.resolve()
      const fate = fates.shift() ?? 'done'
      if (fate === 'lost') return { kind: 'unreachable' }
      if (fate === 'trouble') return problem('invalid', 503)
      if (fate === 'signedOut') return problem('sign-in-needed', 401)
      const answered = take(entry)
      return fate === 'answerLost' ? { kind: 'unreachable' } : answered
    },
  }
}

function problem(kind: 'invalid' | 'sign-in-needed', status: number): Answered<never> {
  return { kind: 'problem', problem: { type: problemType(kind), title: kind, status, detail: `refused: ${kind}` } }
}

/** What a browser keeps, whatever becomes of its pages. */
function aBrowser() {
  const kept = new Map<string, Outgoing>()
  let locked = false
  const timers = new Set<() => void>()
  return {
    kept: {
      get: () => [...kept.values()].toSorted(sentFirst),
      put: (entry: Outgoing) => void kept.set(entry.idempotencyKey, structuredClone(entry)),
      remove: (key: string) => void kept.delete(key),
    },
    async alone(work: () => Promise<void>) {
      if (locked) return
      locked = true
      await work()
      locked = false
    },
    later(_ms: number, run: () => void) {
      timers.add(run)
      return () => timers.delete(run)
    },
    /** Lets all that waits for a time come to it, until nothing does. */
    async settle() {
      for (let round = 0; round < 200; round += 1) {
        for (let turn = 0; turn < 40; turn += 1) await Promise.resolve()
        if (timers.size === 0) return
        for (const run of [...timers]) {
          timers.delete(run)
          run()
        }
      }
      throw new Error('never comes to rest')
    },
    rest: async () => {
      for (let turn = 0; turn < 40; turn += 1) await Promise.resolve()
    },
  }
}

const fate = fc.constantFrom<Fate>('done', 'answerLost', 'lost', 'trouble', 'signedOut')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('good', 'bad').map((title) => ({ kind: 'add' as const, title })) },
  { weight: 2, arbitrary: fc.constant({ kind: 'reload' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'secondTab' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'rest' as const }) },
)

describe('the outbox', () => {
  test.prop([fc.array(step, { maxLength: 12 }), fc.array(fate, { maxLength: 20 })])(
    'brings each entry to the server once, in order, through lost calls, reloads and tabs; what is refused stays, with the reason',
    async (steps, fates) => {
      const server = aServer(fates)
      const browser = aBrowser()
      const told: string[] = []
      const open = () => createOutbox({ ...browser, send: server.send, onSent: ({ idempotencyKey }) => told.push(idempotencyKey) })
      let outbox = open()
      let stop = outbox.start()
      const added: { key: string; title: string }[] = []
      for (const [index, { kind, ...rest }] of steps.entries()) {
        const key = `key-${index}`
        if (kind === 'add') {
          const title = 'title' in rest ? rest.title : ''
          added.push({ key, title })
          outbox.add({ idempotencyKey: key, text: { ...emptyText, title }, as: 'published', hold: 0 })
        } else if (kind === 'reload') {
          stop()
          outbox = open()
          stop = outbox.start()
        } else if (kind === 'secondTab') open().start()
        else await browser.rest()
      }
      // Signed in again each time it is asked for.
      for (let round = 0; round < 24; round += 1) {
        await browser.settle()
        outbox.retry()
      }
      await browser.settle()
      const good = added.filter(({ title }) => title !== 'bad').map(({ key }) => key)
      const bad = added.filter(({ title }) => title === 'bad').map(({ key }) => key)
      expect(server.log).toEqual(good)
      expect(new Set(told)).toEqual(new Set(good))
      expect(browser.kept.get().map(({ idempotencyKey, refused }) => [idempotencyKey, refused])).toEqual(bad.map((key) => [key, 'refused: invalid']))
      expect(outbox.state.get()).toEqual({ sending: null, failure: null })
    },
  )

  test('nobody is asked to sign in again and again', async () => {
    const fates: Fate[] = ['signedOut']
    const server = aServer(fates)
    const browser = aBrowser()
    const outbox = createOutbox({ ...browser, send: server.send, onSent: () => {} })
    outbox.start()
    outbox.add({ idempotencyKey: 'one', text: emptyText, as: 'published', hold: 0 })
    await browser.settle()
    expect(server.log).toEqual([])
    expect(outbox.state.get().failure).toMatchObject({ problem: { status: 401 } })
    outbox.retry()
    await browser.settle()
    expect(server.log).toEqual(['one'])
  })
})
