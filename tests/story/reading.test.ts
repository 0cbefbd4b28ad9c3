import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { addPage, applyEvent } from '#lib/story/fold.ts'
import { beginReading, isLeftBetween, type Reading, readOn, shownUpdates, waitingUpdates } from '#lib/story/reading.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf, pageReadAt, viewReadAt } from './history.ts'

const now = 1_000_000

/** A reader's page, made in the middle of a story, and whether they look at its top as each of the later events comes. */
const anyReader = anyLog.chain((log) =>
  fc.record({
    log: fc.constant(log),
    head: fc.integer({ min: 1, max: log.length }),
    size: fc.integer({ min: 1, max: 5 }),
    show: fc.constantFrom('all' as const, 'key' as const),
    looks: fc.array(fc.boolean(), { minLength: log.length, maxLength: log.length }),
  }),
)

type Reader = typeof anyReader extends fc.Arbitrary<infer Value> ? Value : never

function open({ log, head, size, show }: Reader) {
  const view = viewReadAt(log, { head, later: head, size, show })
  return { view, reading: beginReading(view), later: log.slice(head) }
}

/** The page after all that came, with the reader looking at its top or elsewhere as it came. */
function readAll(reader: Reader, looks: readonly boolean[]) {
  const { view, reading, later } = open(reader)
  return later.reduce(
    (page, event, index) => {
      const next = applyEvent(page.view, event)
      return { view: next, reading: readOn(page.reading, { kind: 'changed', view: next, canSlideIn: looks[index] ?? false }) }
    },
    { view, reading },
  )
}

const elsewhere: readonly boolean[] = []

describe('a reader who looks elsewhere', () => {
  test.prop([anyReader])('sees nothing new, while what is on the page stays up to date', (reader) => {
    const { view: before, reading: begun } = open(reader)
    fc.pre(before.updates.length > 0)
    const { view, reading } = readAll(reader, elsewhere)
    const ids = shownUpdates(view, reading).map(({ id }) => id)
    expect(ids).toEqual(shownUpdates(before, begun).map(({ id }) => id))
    const whole = new Map(foldOf(reader.log).updates.map((update) => [update.id, update]))
    expect(shownUpdates(view, reading)).toEqual(ids.map((id) => whole.get(id)))
  })

  test.prop([anyReader])('is told how many updates wait: those that stand, and only key events where those alone are shown', (reader) => {
    const { view: before } = open(reader)
    fc.pre(before.updates.length > 0)
    const { view, reading } = readAll(reader, elsewhere)
    const came = foldOf(reader.log).updates.filter(({ seq }) => seq > before.head)
    const waits = came.filter(({ withdrawal, key }) => withdrawal === null && (reader.show === 'all' || key))
    expect(waitingUpdates(view, reading)).toEqual(waits)
  })

  test.prop([anyReader])('has every update of the part on the page or waiting, except those that came and were withdrawn', (reader) => {
    const { view, reading } = readAll(reader, reader.looks)
    const [shown, waiting] = [shownUpdates(view, reading), waitingUpdates(view, reading)]
    const withdrawn = view.updates.filter(({ seq, withdrawal }) => seq > reading.shownTo && withdrawal !== null)
    const all = [...waiting, ...withdrawn, ...shown].toSorted((one, other) => other.seq - one.seq)
    expect(all).toEqual(view.updates)
    if (withdrawn.length === 0) expect([...waiting, ...shown]).toEqual(view.updates)
  })

  test.prop([anyReader])('sees all of it when they ask for it, with a line where they had got to', (reader) => {
    const { view, reading } = readAll(reader, reader.looks)
    const waiting = waitingUpdates(view, reading)
    const shown = readOn(reading, { kind: 'show', view, now })
    expect(shownUpdates(view, shown)).toEqual(view.updates)
    expect(waitingUpdates(view, shown)).toEqual([])
    expect(shown.left).toEqual(waiting.length > 0 ? { seq: reading.shownTo, at: now } : reading.left)
    expect(readOn(shown, { kind: 'show', view, now: now + 1 })).toBe(shown)
  })

  test.prop([anyReader])('of the beginning of a story is told of what waits at its end, which the page does not hold', (reader) => {
    const { log, head, size, show } = reader
    const view = viewReadAt(log, { head, later: head, size, show, after: 0 })
    fc.pre(view.newer !== null)
    const end = log.slice(head).reduce(applyEvent, view)
    const reading = beginReading(view)
    const came = foldOf(log).updates.filter(({ seq, withdrawal, key }) => seq > head && withdrawal === null && (show === 'all' || key))
    expect(waitingUpdates(end, reading)).toEqual(came)
    expect(shownUpdates(end, reading).map(({ id }) => id)).toEqual(view.updates.map(({ id }) => id))
  })

  test.prop([anyReader])('sees older updates as soon as they are loaded', (reader) => {
    const { view, reading } = readAll(reader, elsewhere)
    const page = pageReadAt(reader.log, view, 'older', { head: view.head, later: view.head, size: 3 })
    fc.pre(page !== null && open(reader).view.updates.length > 0)
    const grown = page ? addPage(view, 'older', view.next ?? '', page) : view
    const next = readOn(reading, { kind: 'changed', view: grown, canSlideIn: false })
    expect(next).toBe(reading)
    expect(shownUpdates(grown, next)).toEqual([...shownUpdates(view, reading), ...(page?.updates ?? [])])
    expect(waitingUpdates(grown, next)).toEqual(waitingUpdates(view, reading))
  })
})

describe('a reader who looks at the top', () => {
  test.prop([anyReader])('sees each update as it comes, without a line', (reader) => {
    const { view, reading } = readAll(
      reader,
      reader.log.map(() => true),
    )
    expect(shownUpdates(view, reading)).toBe(view.updates)
    expect(waitingUpdates(view, reading)).toEqual([])
    expect(reading).toEqual({ shownTo: view.head, left: null })
  })
})

describe('a reader whose page was read anew', () => {
  test.prop([anyReader])('sees it at once if it holds nothing of what was on the page, and else only what was', (reader) => {
    const { log, head, size, show } = reader
    const { reading } = open(reader)
    const anew = viewReadAt(log, { head: log.length, later: log.length, size, show })
    const next = readOn(reading, { kind: 'changed', view: anew, canSlideIn: false })
    const known = anew.updates.filter(({ seq }) => seq <= head)
    expect(shownUpdates(anew, next)).toEqual(known.length > 0 ? known : anew.updates)
  })
})

describe('the line between what was seen and what came after', () => {
  test.prop([anyLog, fc.integer({ min: 1, max: 60 })])('stands between two neighbours exactly if it is inside the list', (log, seq) => {
    const left = { seq, at: now }
    const { updates } = foldOf(log)
    const isInside = updates.some((update) => update.seq <= seq) && updates.some((update) => update.seq > seq)
    for (const list of [updates, updates.toReversed()]) {
      const lines = list.filter((update, index) => isLeftBetween(left, list[index - 1], update))
      expect(lines).toHaveLength(isInside ? 1 : 0)
      const [below] = lines
      const above = below && list[list.indexOf(below) - 1]
      if (below && above) expect([below.seq, above.seq].filter((each) => each <= seq)).toHaveLength(1)
    }
  })

  test.prop([anyReader, fc.integer({ min: 1, max: 60 })])('is drawn where the reader was when they are back', (reader, seq) => {
    const { reading } = readAll(reader, reader.looks)
    const left = { seq, at: now }
    const returned: Reading = readOn(reading, { kind: 'returned', left })
    expect(returned).toEqual({ ...reading, left })
    for (const update of foldOf(reader.log).updates) expect(isLeftBetween(null, update, update)).toBe(false)
  })
})
