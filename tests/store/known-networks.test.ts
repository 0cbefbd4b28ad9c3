import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#lib/db/store.ts'
import { databaseKinds, openTestStore } from '../databases.ts'

const ann = { id: 'ann', name: 'Ann', email: 'ann@example.org', role: 'editor' } as const
const ben = { id: 'ben', name: 'Ben', email: 'ben@example.org', role: 'editor' } as const

describe.each(databaseKinds)('known networks on the %s database', (kind) => {
  let store: Store
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind, [ann, ben]))
  })
  afterAll(() => close())

  const at = (second: number) => new Date(Date.parse('2026-12-01T09:00:00Z') + second * 1000)

  test('are those of the person who signed in, by id and by e-mail address', async () => {
    const { knownNetworks } = store.people
    await knownNetworks.remember(ann.id, 'office', at(0))
    expect(await knownNetworks.isKnown({ id: ann.id }, 'office')).toBe(true)
    expect(await knownNetworks.isKnown({ email: ann.email }, 'office')).toBe(true)
    expect(await knownNetworks.isKnown({ email: ann.email }, 'elsewhere')).toBe(false)
    expect(await knownNetworks.isKnown({ email: ben.email }, 'office')).toBe(false)
    expect(await knownNetworks.isKnown({ email: 'nobody@example.org' }, 'office')).toBe(false)
  })

  test('are the latest twenty of a person; one that is used again stays', async () => {
    const { knownNetworks } = store.people
    await Promise.all([knownNetworks.remember(ben.id, 'first', at(0)), knownNetworks.remember(ben.id, 'first', at(0))])
    for (let number = 1; number <= 25; number += 1) {
      await knownNetworks.remember(ben.id, `network ${number}`, at(number))
      if (number === 10) await knownNetworks.remember(ben.id, 'first', at(100))
    }
    expect(await knownNetworks.isKnown({ id: ben.id }, 'first')).toBe(true)
    expect(await knownNetworks.isKnown({ id: ben.id }, 'network 25')).toBe(true)
    expect(await knownNetworks.isKnown({ id: ben.id }, 'network 7')).toBe(true)
    expect(await knownNetworks.isKnown({ id: ben.id }, 'network 6')).toBe(false)
    expect(await knownNetworks.isKnown({ id: ann.id }, 'office')).toBe(true)
  })
})
