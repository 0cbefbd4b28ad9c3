import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { linkEvent } from '#lib/db/link-events.ts'
import { canonicalJson, checkLog, type LogEntry } from '#lib/story/chain.ts'
import { anyLog } from './arbitraries.ts'

const story = '01900000-0000-7000-8000-000000000000'

const anyLinkedLog = anyLog.map(async (log): Promise<LogEntry[]> => {
  const entries: LogEntry[] = []
  for (const { seq, at, type, ...payload } of log) {
    const link = await linkEvent({ story, seq, at, type }, payload, entries.at(-1)?.hash ?? '')
    entries.push({ seq, at, type, payload, ...link })
  }
  return entries
})

async function* read(entries: readonly LogEntry[]): AsyncGenerator<LogEntry> {
  // As it comes from a file or over the network.
  for (const entry of entries) yield JSON.parse(JSON.stringify(entry))
}

const check = (entries: readonly LogEntry[], of = story) => checkLog(of, read(entries))

describe('a log', () => {
  test.prop([anyLinkedLog], { numRuns: 50 })('is whole as it was written', async (written) => {
    const entries = await written
    expect(await check(entries)).toEqual({ kind: 'whole', events: entries.length, erased: 0, withheld: 0, hash: entries.at(-1)?.hash })
  })

  test.prop([anyLinkedLog, fc.nat(), fc.constantFrom('at', 'type', 'payload', 'salt', 'payloadHash', 'hash')], { numRuns: 100 })(
    'is broken at the event of which anything was changed',
    async (written, which, field) => {
      const entries = await written
      const index = which % entries.length
      const changed = entries.map((entry, at) => (at === index ? altered(entry, field) : entry))
      expect(await check(changed)).toMatchObject({ kind: 'broken', seq: index + 1 })
    },
  )

  test.prop([anyLinkedLog, fc.nat(), fc.nat()], { numRuns: 50 })(
    'is broken where events are missing, doubled or in each other’s place',
    async (written, one, other) => {
      const entries = await written
      fc.pre(entries.length > 1)
      const [first, second] = [one % entries.length, other % entries.length]
      const without = entries.toSpliced(first, 1)
      // One that ends early is whole in itself: what its end is, its story knows.
      expect(await check(without)).toMatchObject(first === entries.length - 1 ? { kind: 'whole' } : { kind: 'broken', seq: first + 1 })
      const doubled = entries.toSpliced(first, 0, entries[first] as LogEntry)
      expect(await check(doubled)).toMatchObject({ kind: 'broken', seq: first + 2 })
      fc.pre(first !== second)
      const swapped = entries.with(first, entries[second] as LogEntry).with(second, entries[first] as LogEntry)
      expect(await check(swapped)).toMatchObject({ kind: 'broken', seq: Math.min(first, second) + 1 })
    },
  )

  test.prop([anyLinkedLog], { numRuns: 20 })('of one story doesn’t pass for another’s', async (written) => {
    expect(await check(await written, '01900000-0000-7000-8000-00000000000f')).toMatchObject({ kind: 'broken', seq: 1, what: 'link' })
  })

  test.prop([anyLinkedLog, fc.nat()], { numRuns: 50 })('of which a payload was erased is whole, if a later event says so', async (written, which) => {
    const entries = await written
    const index = which % entries.length
    const by = entries.length + 1
    const emptied = (payload: unknown) => entries.map((entry, at) => (at === index ? { ...entry, payload, salt: null } : entry))
    expect(await check(emptied({ erased: by }))).toMatchObject({ kind: 'broken', seq: index + 1, what: 'missing' })
    const erasing = { seq: by, at: '2026-11-26T10:00:00.000Z', type: 'history.erased' }
    const payload = { erasure: { events: [index + 1] } }
    const accounted = { ...erasing, payload, ...(await linkEvent({ story, ...erasing }, payload, entries.at(-1)?.hash ?? '')) }
    expect(await check([...emptied({ erased: by }), accounted])).toMatchObject({ kind: 'whole', erased: 1, withheld: 0 })
    // Words in the place of those that were erased are no erasure.
    expect(await check([...emptied({ erased: by, update: {} }), accounted])).toMatchObject({ kind: 'broken', seq: index + 1, what: 'payload' })
  })

  test('may be handed out without what it said before readers could see it, and not without more', async () => {
    const log = ['draft', 'draft', 'developing', 'developing'].map((status, index) => {
      const fields = { seq: index + 1, at: '2026-11-26T10:00:00.000Z', type: index === 0 ? 'story.opened' : 'story.revised' }
      return { ...fields, payload: { story: { status } } }
    })
    const entries: LogEntry[] = []
    for (const { payload, ...fields } of log) {
      entries.push({ ...fields, payload, ...(await linkEvent({ story, ...fields }, payload, entries.at(-1)?.hash ?? '')) })
    }
    const without = (withheld: number) => entries.map((entry, at) => (at < withheld ? { ...entry, payload: null, salt: null } : entry))
    const handedOut = (withheld: number) => checkLog(story, read(without(withheld)), { mayWithhold: true })
    expect(await handedOut(2)).toMatchObject({ kind: 'whole', erased: 0, withheld: 2 })
    expect(await handedOut(1)).toMatchObject({ kind: 'broken', seq: 1, what: 'missing' })
    expect(await handedOut(4)).toMatchObject({ kind: 'broken', seq: 1, what: 'missing' })
    expect(await check(without(2))).toMatchObject({ kind: 'broken', seq: 1, what: 'missing' })
  })
})

/** The entry with one character of that field another. */
function altered(entry: LogEntry, field: 'at' | 'type' | 'payload' | 'salt' | 'payloadHash' | 'hash'): LogEntry {
  if (field === 'payload') return { ...entry, payload: { ...(entry.payload as object), more: '' } }
  const text = String(entry[field])
  const other = text.at(-1) === '0' ? '1' : '0'
  return { ...entry, [field]: text.slice(0, -1) + other }
}

describe('canonical JSON', () => {
  test.prop([fc.jsonValue()])('is the same value', (value) => {
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
  })

  test.prop([fc.dictionary(fc.string(), fc.jsonValue())])(
    'is the same whatever the order of the fields, and leaves out what isn’t there',
    (fields) => {
      const backwards = Object.fromEntries(Object.entries(fields).reverse())
      expect(canonicalJson({ ...backwards, nothing: undefined })).toBe(canonicalJson(fields))
    },
  )

  test('is what RFC 8785 has it to be', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '1': 'One',
      ö: 'o',
      '': 'Control',
      numbers: [333333333.3333333, 1e30, 4.5, 0.002, 1e-27],
    }
    expect(canonicalJson(value)).toBe(
      '{"":"Control","\\r":"Carriage Return","1":"One","numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"ö":"o","€":"Euro Sign"}',
    )
  })
})
