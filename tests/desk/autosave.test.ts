import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { createAutosave } from '#components/desk/autosave.ts'
import type { Answered } from '#components/desk/desk-api.client.ts'
import { type EntryText, emptyText } from '#components/desk/entry-text.ts'
import { problemType } from '#lib/http/problem-document.ts'

type Fate = 'done' | 'answerLost' | 'lost' | 'signedOut'
type Copy = { text: EntryText; isMoved: boolean }

function titled(title: string): EntryText {
  return { ...emptyText, title }
}

/** A server that keeps a copy for each browser, and is reached as the fates say; then always. */
function aServer(fates: Fate[] = []) {
  const copies = new Map<string, Copy>()
  const calls: string[] = []
  const reached = async (call: string, write: () => void): Promise<Answered<unknown>> => {
    await Promise.resolve()
    calls.push(call)
    const fate = fates.shift() ?? 'done'
    if (fate === 'done' || fate === 'answerLost') write()
    if (fate === 'done') return { kind: 'done', answer: null }
    if (fate !== 'signedOut') return { kind: 'unreachable' }
    return { kind: 'problem', problem: { type: problemType('sign-in-needed'), title: '', status: 401, detail: '' } }
  }
  const keep = (device: string, text: EntryText, movedFrom: string | undefined) => {
    copies.set(device, { text: structuredClone(text), isMoved: false })
    const source = movedFrom === undefined ? undefined : copies.get(movedFrom)
    if (movedFrom !== undefined && source) copies.set(movedFrom, { ...source, isMoved: true })
  }
  return {
    copies,
    calls,
    of: (device: string) => ({
      save: (text: EntryText, movedFrom: string | undefined) => reached(`save ${text.title}`, () => keep(device, text, movedFrom)),
      drop: () => reached('drop', () => void copies.delete(device)),
    }),
  }
}

/** A browser with something typed in it, whose time passes when it is told to. */
function aBrowser(server: ReturnType<typeof aServer>, device: string) {
  let typed: EntryText | null = null
  let mayDrop = true
  const timers = new Set<() => void>()
  const open = () =>
    createAutosave({
      current: () => typed,
      mayDrop: () => mayDrop,
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
  return {
    get state() {
      return autosave.state.get()
    },
    type(text: EntryText | null, movedFrom?: string) {
      typed = text
      autosave.changed(movedFrom)
    },
    outbox(isEmpty: boolean) {
      mayDrop = isEmpty
      if (isEmpty) autosave.changed()
    },
    /** As a page that is made anew, or looked at again, asks. */
    look() {
      const copy = server.copies.get(device)
      autosave.told(copy ? structuredClone(copy.text) : null, copy?.isMoved ?? false)
    },
    reload() {
      autosave.stop()
      timers.clear()
      autosave = open()
      this.look()
    },
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
    const server = aServer()
    const [laptop, phone] = [aBrowser(server, 'laptop'), aBrowser(server, 'phone')]
    laptop.type(titled('Begun'))
    await laptop.settle()
    server.calls.length = 0
    phone.type(titled('Begun'), 'laptop')
    phone.type(titled('Begun, and gone on with'))
    await phone.settle()
    expect(server.copies.get('laptop')).toEqual({ text: titled('Begun'), isMoved: true })
    laptop.reload()
    await laptop.settle()
    expect(laptop.state).toBe('moved')
    expect(server.calls).toEqual(['save Begun, and gone on with'])
    laptop.type(titled('Begun, and something else'))
    await laptop.settle()
    expect(laptop.state).toBe('saved')
    expect(server.copies.get('laptop')).toEqual({ text: titled('Begun, and something else'), isMoved: false })
    expect(server.copies.get('phone')).toEqual({ text: titled('Begun, and gone on with'), isMoved: false })
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
    autosave.changed()
    timers.shift()?.()
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    expect([calls, timers.length, autosave.state.get()]).toEqual([['Refused'], 0, 'unsaved'])
    typed = titled('Shorter')
    autosave.changed()
    timers.shift()?.()
    expect(calls).toEqual(['Refused', 'Shorter'])
  })
})
