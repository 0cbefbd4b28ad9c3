import { v4 as uuidv4 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dropUnsent, forgetUnsent, keepUnsent } from '#lib/newsroom/keep-unsent.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { readUnsent } from '#lib/reading/read-unsent.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { answerOf, caller, editor, logOf, nobody, openedStory, person, theEditor } from './a-newsroom.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const contributor = caller('contributor')

describe.each(databaseKinds)('what is typed and sent nowhere, on the %s database', (kind) => {
  let newsroom: Newsroom
  let close: () => Promise<void>
  let clock = new Date()
  let slug: string

  beforeAll(async () => {
    const opened = await openTestStore(kind)
    newsroom = { store: opened.store, now: () => clock }
    close = opened.close
  })
  beforeEach(async () => {
    clock = new Date('2026-01-31T20:00:00Z')
    slug = await openedStory(newsroom)
  })
  afterAll(() => close())

  const keep = (device: string, title: string, movedFrom?: { device: string; savedAt: string }) =>
    keepUnsent(newsroom, editor, slug, device, { personId: theEditor.id, text: { title }, ...(movedFrom ? { movedFrom } : {}) })
  const textsOf = async (reader = theEditor) => (await readUnsent(newsroom.store, slug, reader))?.texts
  const wait = (ms: number) => {
    clock = new Date(clock.getTime() + ms)
  }

  test('is kept for each browser, the newest first, and is no part of the story', async () => {
    const before = await logOf(newsroom.store, slug)
    const [laptop, phone] = [uuidv4(), uuidv4()]
    expect(answerOf(await keep(laptop, 'The water'))).toEqual({ savedAt: '2026-01-31T20:00:00.000Z', movedTo: null })
    wait(minuteMs)
    answerOf(await keep(phone, 'A bridge'))
    wait(minuteMs)
    answerOf(await keep(laptop, 'The water is rising'))
    expect(await textsOf()).toEqual([
      { device: laptop, text: { title: 'The water is rising' }, savedAt: '2026-01-31T20:02:00.000Z', movedTo: null },
      { device: phone, text: { title: 'A bridge' }, savedAt: '2026-01-31T20:01:00.000Z', movedTo: null },
    ])
    expect(await logOf(newsroom.store, slug)).toEqual(before)
  })

  test('that was taken to another browser is marked so, until something else is typed where it was', async () => {
    const [laptop, phone] = [uuidv4(), uuidv4()]
    await keep(laptop, 'The water')
    wait(minuteMs)
    await keep(phone, 'The water is rising', { device: laptop, savedAt: '2026-01-31T20:00:00.000Z' })
    expect(await textsOf()).toMatchObject([{ device: phone }, { device: laptop, text: { title: 'The water' }, movedTo: phone }])
    wait(minuteMs)
    // The same text again isn't typed anew.
    expect(answerOf(await keep(laptop, 'The water'))).toMatchObject({ movedTo: phone })
    expect(answerOf(await keep(laptop, 'Something else'))).toMatchObject({ movedTo: null })
    expect(await textsOf()).toMatchObject([
      { device: laptop, movedTo: null },
      { device: phone, movedTo: null },
    ])
  })

  test('isn’t marked as moved if something else was saved there since it was looked at', async () => {
    const [laptop, phone] = [uuidv4(), uuidv4()]
    await keep(laptop, 'The water')
    const asListed = { device: laptop, savedAt: clock.toISOString() }
    wait(minuteMs)
    await keep(laptop, 'The water is rising')
    wait(minuteMs)
    await keep(phone, 'The water', asListed)
    expect(await textsOf()).toMatchObject([{ device: phone }, { device: laptop, text: { title: 'The water is rising' }, movedTo: null }])
    // And what is taken back is a text of its own again.
    await keep(laptop, 'The water', { device: phone, savedAt: clock.toISOString() })
    await keep(phone, 'The water')
    const moved = new Map((await textsOf())?.map(({ device, movedTo }) => [device, movedTo]))
    expect([moved.get(laptop), moved.get(phone)]).toEqual([null, laptop])
  })

  test('is nobody else’s', async () => {
    const device = uuidv4()
    await keep(device, 'Mine')
    expect(await textsOf(person('contributor'))).toEqual([])
    answerOf(await dropUnsent(newsroom, contributor, slug, device, 'the-contributor'))
    answerOf(
      await keepUnsent(newsroom, contributor, slug, uuidv4(), {
        personId: 'the-contributor',
        text: {},
        movedFrom: { device, savedAt: clock.toISOString() },
      }),
    )
    expect(await textsOf()).toMatchObject([{ device, text: { title: 'Mine' }, movedTo: null }])
    expect(await textsOf(person('contributor'))).toHaveLength(1)
  })

  test('isn’t kept as somebody’s who signed in where it was typed by another', async () => {
    const result = await keepUnsent(newsroom, contributor, slug, uuidv4(), { personId: theEditor.id, text: { title: 'Mine' } })
    expect(result).toEqual({ kind: 'sign-in-needed' })
    expect(await dropUnsent(newsroom, contributor, slug, uuidv4(), theEditor.id)).toEqual({ kind: 'sign-in-needed' })
    expect([await textsOf(), await textsOf(person('contributor'))]).toEqual([[], []])
  })

  test('goes when it is thrown away, which may be said twice', async () => {
    const device = uuidv4()
    await keep(device, 'Mine')
    answerOf(await dropUnsent(newsroom, editor, slug, device, theEditor.id))
    answerOf(await dropUnsent(newsroom, editor, slug, device, theEditor.id))
    answerOf(await dropUnsent(newsroom, editor, slug, 'no-uuid', theEditor.id))
    expect(await textsOf()).toEqual([])
  })

  test('is kept of ten browsers, and for thirty days', async () => {
    const devices = Array.from({ length: 12 }, () => uuidv4())
    for (const [index, device] of devices.entries()) {
      wait(dayMs)
      await keep(device, `Number ${index}`)
    }
    expect((await textsOf())?.map(({ device }) => device)).toEqual(devices.slice(2).reverse())
    wait(25 * dayMs)
    await forgetUnsent(newsroom)
    expect((await textsOf())?.map(({ device }) => device)).toEqual(devices.slice(6).reverse())
  })

  test('is refused to strangers, in no story, and without the number of a browser', async () => {
    const change = { personId: theEditor.id, text: {} }
    expect(await keepUnsent(newsroom, nobody, slug, uuidv4(), change)).toEqual({ kind: 'sign-in-needed' })
    expect(await keepUnsent(newsroom, caller('guest'), slug, uuidv4(), change)).toMatchObject({ kind: 'forbidden' })
    expect(await keepUnsent(newsroom, editor, 'no-such-story', uuidv4(), change)).toEqual({ kind: 'no-such-story' })
    expect(await keepUnsent(newsroom, editor, slug, 'laptop', change)).toMatchObject({ kind: 'invalid' })
    expect(await dropUnsent(newsroom, nobody, slug, uuidv4(), theEditor.id)).toEqual({ kind: 'sign-in-needed' })
    expect(await readUnsent(newsroom.store, 'no-such-story', theEditor)).toBeNull()
  })
})
