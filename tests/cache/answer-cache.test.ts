import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { answerCache } from '#lib/cache/answer-cache.ts'
import { fairLimit } from '#lib/limits/fair-limit.ts'

type Answer = { readonly address: string; readonly head: number; readonly size: number | null }

/** Stories whose logs go on, each with some pages, the making of which ends when it is told to. */
function aSite(limits: { mostBytes?: number; keptMs?: number; slots?: number } = {}) {
  const { slots = 100 } = limits
  const heads = new Map<string, number>()
  const unfinished: (() => void)[] = []
  const failing = new Set<string>()
  let made = 0
  let time = 0
  const storyOf = (address: string) => (address.startsWith('all') ? null : (address.split('/')[0] ?? ''))
  const headOf = (story: string | null) => (story === null ? [...heads.values()].reduce((sum, head) => sum + head, 0) : (heads.get(story) ?? 0))
  const cache = answerCache<Answer>(
    {
      async make(address, isAbout) {
        made += 1
        isAbout(storyOf(address))
        const head = headOf(storyOf(address))
        await new Promise<void>((resolve) => unfinished.push(resolve))
        if (failing.has(address)) throw new Error('the database is away')
        return { address, head, size: address.endsWith('secret') ? null : 10 }
      },
      sizeOf: ({ size }) => size,
      enter: fairLimit({ max: slots, maxOfKey: slots, maxWaiting: 1, maxWaitingOfKey: 1, maxWaitMs: 60_000 }).enter,
      now: () => time,
    },
    { mostBytes: limits.mostBytes ?? 1_000, keptMs: limits.keptMs ?? 1_000 },
  )
  return {
    cache,
    failing,
    headOf: (address: string) => headOf(storyOf(address)),
    append(story: string) {
      heads.set(story, (heads.get(story) ?? 0) + 1)
      cache.drop(story)
    },
    wait(ms: number) {
      time += ms
    },
    async finish() {
      await settled()
      for (const end of unfinished.splice(0)) end()
      await settled()
    },
    get made() {
      return made
    },
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

type Step = { do: 'ask'; address: string } | { do: 'append'; story: string } | { do: 'finish' } | { do: 'wait'; ms: number }

const address = fc.constantFrom('a/page', 'a/events', 'b/page', 'all', 'a/secret')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: address.map((address): Step => ({ do: 'ask', address })) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'b').map((story): Step => ({ do: 'append', story })) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'finish' }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 700 }).map((ms): Step => ({ do: 'wait', ms })) },
)

describe('what is kept', () => {
  test.prop([fc.array(step, { maxLength: 60 })], { numRuns: 300 })('is never older than what its story was when it was asked for', async (steps) => {
    const site = aSite({ mostBytes: 25 })
    const asked: { answer: Promise<Answer | null>; address: string; head: number }[] = []
    for (const each of steps) {
      if (each.do === 'ask') asked.push({ answer: site.cache.get(each.address, 'reader'), address: each.address, head: site.headOf(each.address) })
      else if (each.do === 'append') site.append(each.story)
      else if (each.do === 'finish') await site.finish()
      else site.wait(each.ms)
    }
    // Whoever waits for what was dropped meanwhile begins no other.
    await site.finish()
    for (const { answer, address, head } of asked) {
      const got = await answer
      expect(got?.address).toBe(address)
      expect(got?.head).toBeGreaterThanOrEqual(head)
    }
  })

  test('is made once, however many ask for it at once and later', async () => {
    const site = aSite()
    const answers = Array.from({ length: 1_000 }, () => site.cache.get('a/page', 'reader'))
    await site.finish()
    expect(new Set(await Promise.all(answers)).size).toBe(1)
    expect(site.cache.peek('a/page')).toBe(await answers[0])
    expect(site.made).toBe(1)
  })

  test('is made anew for those who ask after an append, while it is still being made for those before', async () => {
    const site = aSite()
    const before = site.cache.get('a/page', 'reader')
    await settled()
    site.append('a')
    const after = site.cache.get('a/page', 'reader')
    expect(site.cache.get('a/page', 'reader')).not.toBe(before)
    await site.finish()
    expect([(await before)?.head, (await after)?.head]).toEqual([0, 1])
    expect(site.cache.peek('a/page')?.head).toBe(1)
    expect(site.made).toBe(2)
  })

  test('of another story stays; what is about all of them goes', async () => {
    const site = aSite()
    for (const address of ['a/page', 'b/page', 'all']) {
      const asked = site.cache.get(address, 'reader')
      await site.finish()
      await asked
    }
    site.append('a')
    expect(['a/page', 'b/page', 'all'].map((address) => site.cache.peek(address) !== undefined)).toEqual([false, true, false])
  })

  test('is not what isn’t to be kept, nor what failed: whoever asks next has it made again', async () => {
    const site = aSite()
    const secret = site.cache.get('a/secret', 'reader')
    site.failing.add('a/page')
    const failed = expect(site.cache.get('a/page', 'reader')).rejects.toThrow('the database is away')
    await site.finish()
    await failed
    await secret
    expect([site.cache.peek('a/secret'), site.cache.peek('a/page')]).toEqual([undefined, undefined])
    site.failing.clear()
    const again = site.cache.get('a/page', 'reader')
    await site.finish()
    expect(await again).toMatchObject({ address: 'a/page' })
  })

  test('goes after its time, and when there’s no more room what wasn’t asked for the longest', async () => {
    const site = aSite({ mostBytes: 30, keptMs: 100 })
    for (const address of ['a/1', 'a/2', 'a/3']) {
      const asked = site.cache.get(address, 'reader')
      await site.finish()
      await asked
    }
    site.cache.peek('a/1')
    const fourth = site.cache.get('a/4', 'reader')
    await site.finish()
    await fourth
    expect(['a/1', 'a/2', 'a/3', 'a/4'].map((address) => site.cache.peek(address) !== undefined)).toEqual([true, false, true, true])
    site.wait(100)
    expect(site.cache.peek('a/1')).toBeUndefined()
  })

  test('is made within the slots that there are: what has none is told so, and whoever asks for what waits already waits with it', async () => {
    const site = aSite({ slots: 1 })
    const [first, second, again] = ['a/1', 'a/2', 'a/2'].map((address) => site.cache.get(address, 'reader'))
    expect(await site.cache.get('a/3', 'reader')).toBeNull()
    await site.finish()
    await site.finish()
    expect([(await first)?.address, (await second)?.address, (await again)?.address]).toEqual(['a/1', 'a/2', 'a/2'])
    expect(site.made).toBe(2)
  })
})
