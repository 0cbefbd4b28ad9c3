import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#lib/db/store.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { readStoryAt } from '#lib/reading/read-story-at.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { logOf, openedStory, publish } from '../newsroom/a-newsroom.ts'
import { faultSeed, randomFrom } from '../seeded-random.ts'

const hour = 3_600_000

describe.each(databaseKinds)('clocks that jump, on the %s database', (kind) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
  })
  afterAll(() => close())

  test(`two machines whose clocks are hours apart, and are set while they write, keep one log (FAULT_SEED=${faultSeed})`, async () => {
    const random = randomFrom(faultSeed)
    const clocks = [Date.now() - 10 * hour, Date.now()]
    const machines = clocks.map((_, index): Newsroom => ({ store, now: () => new Date(clocks[index] ?? 0) }))
    const [first] = machines
    if (!first) throw new Error('there is a first machine')
    const slug = await openedStory(first)
    const published: string[] = []
    for (let number = 1; number <= 60; number += 1) {
      const index = random() < 0.5 ? 0 : 1
      const machine = machines[index]
      // Mostly on by some seconds, now and then by hours, to either side.
      clocks[index] = (clocks[index] ?? 0) + (random() < 0.2 ? (random() - 0.5) * 4 * hour : random() * 5_000)
      if (machine) published.push((await publish(machine, slug, `Update ${number}`)).id)
    }
    const log = await logOf(store, slug)
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 61 }, (_, index) => index + 1))
    expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).toSorted())
    for (const event of log) if (event.type === 'update.published') expect(event.update.publishedAt).toBe(event.at)

    // The story as it stood when the twentieth had come is what the log had then.
    const moment = log[20]?.at ?? ''
    const then = log.filter(({ at, type }) => at <= moment && type === 'update.published').length
    const past = await readStoryAt(store, slug, moment)
    expect(past?.view.updates.map(({ id }) => id).toReversed()).toEqual(published.slice(0, then).slice(-(past?.view.updates.length ?? 0)))
    expect(past?.view.head).toBe(log.findLast(({ at }) => at <= moment)?.seq)
  })
})
