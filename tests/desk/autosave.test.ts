import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { createAutosave, type Source } from '#components/desk/autosave.ts'
import type { Answered } from '#components/desk/desk-api.client.ts'
import { type EntryText, emptyText, sameText } from '#components/desk/entry-text.ts'
import { problemType } from '#lib/http/problem-document.ts'

type Fate = 'done' | 'answerLost' | 'lost' | 'signedOut'
type Copy = { text: EntryText; savedAt: string; isMoved: boolean }

function titled(title: string): EntryText {
  return { ...emptyText, title }
}

/** A server that keeps a copy for each browser, and is reached as the fates say; then always. */
function aServer(fates: Fate[] = []) {
  const copies = new Map<string, Copy>()
  const calls: string[] = []
  let writes = 0
  const reached = async <Result>(call: string, write: () => Result): Promise<Answered<Result>> => {
    await Promise.resolve()
    calls.push(call)
    const fate = fates.shift() ?? 'done'
    const result = fate === 'done' || fate === 'answerLost' ? write() : null
    if (fate === 'done') return { kind: 'done', answer: result as Result }
    if (fate !== 'signedOut') return { kind: 'unreachable' }
    return { kind: 'problem', problem: { type: problemType('sign-in-needed'), title: '', status: 401, detail: '' } }
  }
  const keep = (device: string, text: EntryText, from: Source | null) => {
    const before = copies.get(device)
    const isMoved = from === null && before !== undefined && before.isMoved && before.text.title === text.title
    writes += 1
    copies.set(device, { text: structuredClone(text), savedAt: String(writes), isMoved })
    const source = from && copies.get(from.device)
    if (from && source && source.savedAt === from.savedAt) copies.set(from.device, { ...source, isMoved: true })
    return { isMoved }
  }
  return {
    copies,
    calls,
    sourceOf: (device: string): Source => ({ device, savedAt: copies.get(device)?.savedAt ?? '' }),
    of: (device: string) => ({
      save: (text: EntryText, from: Source | null) => reached(`save ${text.title}`, () => keep(device, text, from)),
      drop: () => reached('drop', () => copies.delete(device)),
    }),
  }
}

/** A browser with something typed in it, whose time passes when it is told to. */
function aBrowser(server: ReturnType<typeof aServer>, device: string) {
  let typed: EntryText | null = null
  let mayDrop = true
  let source: Source | null = null
  const timers = new Set<() => void>()
  const open = () =>
    createAutosave({
      current: () => typed,
      mayDrop: () => mayDrop,
      source: {
        get: () => source,
        set: (next) => {
          source = next
        },
      },
      ...server.of(device),
      later(_ms, run) {
        timers.add(run)
        return () => timers.delete(run)
      },
    })
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  let autosave = open()
  let stop = autosave.start()
  return {
    get state() {
      const moved = autosave.moved.get()
      return moved && typed && sameText(moved, typed) ? 'moved' : autosave.state.get()
    },
    type(text: EntryText | null) {
      typed = text
      autosave.changed()
    },
    take(from: Source, text: EntryText) {
      this.type(text)
      source = from
      autosave.now()
    },
    outbox(isEmpty: boolean) {
      mayDrop = isEmpty
      autosave.changed()
    },
    /** As a page that is made anew, or looked at again, asks. */
    look() {
      const copy = server.copies.get(device)
      autosave.told(copy ? structuredClone(copy.text) : null, copy?.isMoved ?? false)
    },
    /** Opened again, with or without an answer to what there is. */
    reload(isTold = true) {
      stop()
      timers.clear()
      autosave = open()
      stop = autosave.start()
      autosave.changed()
      if (isTold) this.look()
    },
    hide: () => autosave.now(),
    turns,
    async settle() {
      for (let round = 0; round < 100; round += 1) {
        await turns()
        if (timers.size === 0) return
        for (const run of [...timers]) {
          timers.delete(run)
          run()
        }
      }
      throw new Error('never comes to rest')
    },
  }
}

/** A text that was begun on a laptop and kept, and a phone that can take it; from then on the server is reached as the fates say. */
async function begunOnLaptop(fates: Fate[] = []) {
  const server = aServer(['done', ...fates])
  const [laptop, phone] = [aBrowser(server, 'laptop'), aBrowser(server, 'phone')]
  laptop.type(titled('Begun'))
  await laptop.settle()
  return { server, laptop, phone }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'b', 'c').map((title) => ({ kind: 'type' as const, title })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reload' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'look' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'turns' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'settle' as const }) },
)
const fate = fc.constantFrom<Fate>('done', 'answerLost', 'lost', 'signedOut')

describe('what is typed', () => {
  test.prop([fc.array(step, { maxLength: 15 }), fc.array(fate, { maxLength: 20 })])(
    'is on the server as it was typed last, through lost calls and answers, ended sessions and reloads; and emptied, isn’t',
    async (steps, fates) => {
      const server = aServer(fates)
      const browser = aBrowser(server, 'laptop')
      let last = ''
      for (const each of steps) {
        if (each.kind === 'type') {
          last = each.title
          browser.type(last === '' ? null : titled(last))
        } else await browser[each.kind]()
      }
      await browser.settle()
      expect(server.copies.get('laptop')?.text.title ?? '').toBe(last)
      expect(browser.state).toBe(last === '' ? 'none' : 'saved')
    },
  )

  test('that was taken to another browser is known as such where it was typed, until one types there', async () => {
    const { server, laptop, phone } = await begunOnLaptop()
    phone.take(server.sourceOf('laptop'), titled('Begun'))
    phone.type(titled('Begun, and gone on with'))
    await phone.settle()
    expect(server.copies.get('laptop')).toMatchObject({ text: titled('Begun'), isMoved: true })
    laptop.reload()
    await laptop.settle()
    expect(laptop.state).toBe('moved')
    laptop.type(titled('Begun, and something else'))
    await laptop.settle()
    expect(laptop.state).toBe('saved')
    expect(server.copies.get('laptop')).toMatchObject({ text: titled('Begun, and something else'), isMoved: false })
    expect(server.copies.get('phone')).toMatchObject({ text: titled('Begun, and gone on with'), isMoved: false })
  })

  test('that was taken to another browser is known as such though the page that has it was told nothing', async () => {
    const { server, laptop, phone } = await begunOnLaptop()
    phone.take(server.sourceOf('laptop'), titled('Begun'))
    await phone.settle()
    laptop.reload(false)
    laptop.hide()
    await laptop.settle()
    expect(laptop.state).toBe('moved')
  })

  test('while another browser takes it is still a text of its own', async () => {
    const { server, laptop, phone } = await begunOnLaptop()
    const asListed = server.sourceOf('laptop')
    laptop.type(titled('Begun, and gone on with'))
    await laptop.settle()
    phone.take(asListed, titled('Begun'))
    await phone.settle()
    laptop.look()
    expect(laptop.state).toBe('saved')
    expect(server.copies.get('laptop')?.isMoved).toBe(false)
  })

  test('that was taken and sent without a network is marked where it came from once there is one, also after a reload', async () => {
    const { server, phone } = await begunOnLaptop(['lost'])
    phone.take(server.sourceOf('laptop'), titled('Begun'))
    await phone.turns()
    phone.type(null)
    phone.reload()
    await phone.settle()
    expect(server.copies.get('laptop')).toMatchObject({ text: titled('Begun'), isMoved: true })
    expect(server.copies.has('phone')).toBe(false)
  })

  test('goes out as it is after a while, however many keys were pressed', async () => {
    const server = aServer()
    const browser = aBrowser(server, 'laptop')
    for (const title of ['a', 'ab', 'abc']) browser.type(titled(title))
    await browser.settle()
    expect(server.calls).toEqual(['save abc'])
  })

  test('and was sent stays on the server until it has arrived', async () => {
    const server = aServer()
    const browser = aBrowser(server, 'laptop')
    browser.type(titled('On its way'))
    await browser.settle()
    browser.outbox(false)
    browser.type(null)
    await browser.settle()
    expect(server.copies.get('laptop')?.text.title).toBe('On its way')
    browser.outbox(true)
    await browser.settle()
    expect(server.copies.size).toBe(0)
  })

  test('and the server refuses isn’t sent again before it says something else', async () => {
    const calls: string[] = []
    const timers: (() => void)[] = []
    let typed = titled('Refused')
    const autosave = createAutosave({
      current: () => typed,
      mayDrop: () => true,
      source: { get: () => null, set: () => {} },
      drop: () => Promise.reject(new Error('nothing to drop')),
      save: async ({ title }) => {
        calls.push(title)
        return { kind: 'problem', problem: { type: problemType('invalid'), title: '', status: 413, detail: '' } }
      },
      later: (_ms, run) => {
        timers.push(run)
        return () => {}
      },
    })
    autosave.start()
    autosave.changed()
    timers.shift()?.()
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    expect([calls, timers.length, autosave.state.get()]).toEqual([['Refused'], 0, 'refused'])
    typed = titled('Shorter')
    autosave.changed()
    timers.shift()?.()
    expect(calls).toEqual(['Refused', 'Shorter'])
  })
})
