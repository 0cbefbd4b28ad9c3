import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FairLimits, fairLimit, type Ticket } from '#lib/limits/fair-limit.ts'
import { effort } from '../effort.ts'

const limits: FairLimits = { max: 2, maxOfKey: 1, maxWaiting: 100, maxWaitingOfKey: 50, maxWaitMs: 60_000 }

/** Whether a ticket was admitted so far. */
async function isAdmitted(ticket: Ticket): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve))
  return Promise.race([ticket.admitted, Promise.resolve(false)])
}

test('a newcomer is admitted next, however much somebody else has waiting', async () => {
  const limit = fairLimit({ ...limits, max: 1 })
  const greedy = Array.from({ length: 20 }, () => limit.enter('greedy'))
  const other = limit.enter('other')
  greedy[0]?.release()
  expect(await Promise.all([greedy[1], other].map((each) => each && isAdmitted(each)))).toEqual([true, false])
  greedy[1]?.release()
  expect(await isAdmitted(other)).toBe(true)
})

test('one key never takes all slots', async () => {
  const limit = fairLimit(limits)
  const first = limit.enter('one')
  const second = limit.enter('one')
  expect([await isAdmitted(first), await isAdmitted(second)]).toEqual([true, false])
  expect(await isAdmitted(limit.enter('other'))).toBe(true)
})

test('work beyond the queue is refused at once, and a full queue of one key refuses nobody else', async () => {
  const limit = fairLimit({ ...limits, max: 1, maxWaitingOfKey: 2 })
  const greedy = Array.from({ length: 4 }, () => limit.enter('greedy'))
  expect(await greedy[3]?.admitted).toBe(false)
  const other = limit.enter('other')
  for (const each of greedy) each.release()
  expect(await other.admitted).toBe(true)
})

test('what has waited too long is refused, and its place is free again', async () => {
  const limit = fairLimit({ ...limits, max: 1, maxWaiting: 1, maxWaitMs: 1 })
  const running = limit.enter('one')
  expect(await limit.enter('two').admitted).toBe(false)
  const next = limit.enter('three')
  running.release()
  expect(await next.admitted).toBe(true)
})

test('work that somebody else asks for too is admitted by whichever turn comes first', async () => {
  const limit = fairLimit({ ...limits, max: 1 })
  const running = limit.enter('greedy')
  const first = limit.enter('greedy')
  const second = limit.enter('greedy')
  const shared = limit.enter('greedy')
  shared.join('reader')
  running.release()
  expect(await isAdmitted(first)).toBe(true)
  first.release()
  expect([await isAdmitted(second), await isAdmitted(shared)]).toEqual([false, true])
})

test('a key that has used up its budget waits until the process is calm, and nobody else does', async () => {
  let isCalm = false
  const spent = new Set(['greedy'])
  const budget = { isLeft: (key: string) => !spent.has(key), begin: () => () => {} }
  const limit = fairLimit({ ...limits, mayAdmit: () => isCalm, budget })
  const greedy = limit.enter('greedy')
  expect([await isAdmitted(greedy), await isAdmitted(limit.enter('other'))]).toEqual([false, true])
  isCalm = true
  expect(await greedy.admitted).toBe(true)
})

test('whatever is entered, joined and released: no limit is passed, and all slots come back', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('enter' as const), key: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ do: fc.constant('join' as const), key: fc.constantFrom('a', 'b', 'c'), which: fc.nat(20) }),
      fc.record({ do: fc.constant('release' as const), which: fc.nat(20) }),
    ),
    { maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const small = { max: 3, maxOfKey: 2, maxWaiting: 5, maxWaitingOfKey: 3, maxWaitMs: 60_000 }
      const limit = fairLimit(small)
      const tickets: { ticket: Ticket; isReleased: boolean }[] = []
      for (const step of all) {
        if (step.do === 'enter') tickets.push({ ticket: limit.enter(step.key), isReleased: false })
        const chosen = step.do === 'enter' ? undefined : tickets[step.which]
        if (step.do === 'join' && chosen) chosen.ticket.join(step.key)
        if (step.do === 'release' && chosen) {
          chosen.ticket.release()
          chosen.isReleased = true
        }
        const open = await Promise.all(tickets.filter((each) => !each.isReleased).map(({ ticket }) => isAdmitted(ticket)))
        expect(open.filter(Boolean).length).toBeLessThanOrEqual(small.max)
      }
      for (const { ticket } of tickets) ticket.release()
      // As empty as it was: both slots of a key, and one of another.
      const again = [limit.enter('a'), limit.enter('a'), limit.enter('b')]
      expect(await Promise.all(again.map(isAdmitted))).toEqual([true, true, true])
      for (const ticket of again) ticket.release()
    }),
    { numRuns: effort(200, 5_000) },
  )
})
