import { describe, expect, test } from 'vitest'
import { signInLimit } from '#lib/accounts/sign-in-limit.ts'

const from = (address: string) => ({ address })

describe('tries to sign in', () => {
  test('of a whole newsroom behind one address, who all get in, are refused to none of them', async () => {
    const limit = signInLimit()
    for (let person = 0; person < 200; person += 1) {
      expect(await limit.take(`person-${person}@example.org`, from('192.0.2.1'))).toBe(0)
      await limit.forget(`person-${person}@example.org`, from('192.0.2.1'))
    }
  })

  test('at many accounts from one address end, also for who gets into one of their own in between', async () => {
    const limit = signInLimit()
    let tries = 0
    for (; (await limit.take(`victim-${tries}@example.org`, from('192.0.2.1'))) === 0 && tries < 500; tries += 1) {
      if (tries % 2 === 0 && (await limit.take('own@example.org', from('192.0.2.1'))) === 0) await limit.forget('own@example.org', from('192.0.2.1'))
    }
    expect(tries).toBe(60)
  })

  test('that are made at the same time are no more than one after the other', async () => {
    const limit = signInLimit()
    const answers = await Promise.all(Array.from({ length: 40 }, () => limit.take('owner@example.org', from('192.0.2.1'))))
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(10)
  })

  test('from all addresses of one network of IPv6 are from one', async () => {
    const limit = signInLimit()
    let tries = 0
    while ((await limit.take(`victim-${tries}@example.org`, from(`2001:db8:1:2::${tries.toString(16)}`))) === 0 && tries < 500) tries += 1
    expect(tries).toBe(60)
    expect(await limit.take('owner@example.org', from('2001:db8:1:3::1'))).toBe(0)
  })

  /** One try more from each of so many networks than they have together. */
  const exhaust = async (limit: ReturnType<typeof signInLimit>, account: string) => {
    for (let network = 0; network < 50; network += 1) {
      for (let tries = 0; tries < 3; tries += 1) await limit.take(account, from(`203.0.113.${network}`))
    }
  }
  const known = { address: '192.0.2.1', isKnownNetwork: async () => true }

  test('from 50 networks use up those of other strangers, and not those of a network that the owner has signed in from', async () => {
    const limit = signInLimit()
    await exhaust(limit, 'owner@example.org')
    expect(await limit.take('owner@example.org', from('198.51.100.7'))).toBeGreaterThan(0)
    expect(await limit.take('owner@example.org', known)).toBe(0)
    await limit.forget('owner@example.org', known)
    expect(await limit.take('owner@example.org', from('198.51.100.8'))).toBeGreaterThan(0)
  })

  test('from a known network are limited by that network, and don’t count for strangers', async () => {
    const limit = signInLimit()
    const answers: number[] = []
    for (let tries = 0; tries < 200; tries += 1) answers.push(await limit.take('owner@example.org', known))
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(10)
    for (let network = 0; network < 100; network += 1) expect(await limit.take('owner@example.org', from(`203.0.113.${network}`))).toBe(0)
    expect(await limit.take('owner@example.org', from('203.0.113.200'))).toBeGreaterThan(0)
  })

  test('that were refused for being too busy can be made again', async () => {
    const limit = signInLimit()
    for (let tries = 0; tries < 200; tries += 1) {
      expect(await limit.take('owner@example.org', from('192.0.2.1'))).toBe(0)
      await limit.giveBack('owner@example.org', from('192.0.2.1'))
    }
  })

  test('with passkeys end as well, and for one network only', async () => {
    const limit = signInLimit()
    const answers = await Promise.all(Array.from({ length: 2_000 }, (_, index) => limit.takePasskey(`2001:db8:1:2::${index.toString(16)}`)))
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(300)
    expect(await limit.takePasskey('192.0.2.1')).toBe(0)
  })

  test('at one account from an address that is refused lock its owner out nowhere', async () => {
    const limit = signInLimit()
    for (let tries = 0; tries < 500; tries += 1) await limit.take('owner@example.org', from('192.0.2.1'))
    expect(await limit.take('owner@example.org', from('192.0.2.1'))).toBeGreaterThan(0)
    expect(await limit.take('owner@example.org', from('198.51.100.7'))).toBe(0)
  })
})
