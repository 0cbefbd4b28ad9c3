import { expect, test } from 'vitest'
import { messageLimit } from '#lib/live/message-limit.ts'

const limits = { maxOfSocket: 3, maxOfNetwork: 5, windowMs: 60_000 }

test('a socket may send so many messages, and the sockets of one network no more together', () => {
  const isTooMany = messageLimit(limits)
  const [one, two, other] = [{ network: 'a' }, { network: 'a' }, { network: 'b' }]
  expect([1, 2, 3, 4].map(() => isTooMany(one))).toEqual([false, false, false, true])
  expect([1, 2].map(() => isTooMany(two))).toEqual([false, true])
  expect([1, 2, 3, 4].map(() => isTooMany(other))).toEqual([false, false, false, true])
})

test('after the window both counts begin anew', () => {
  const isTooMany = messageLimit({ ...limits, windowMs: -1 })
  const socket = { network: 'a' }
  expect(Array.from({ length: 20 }, () => isTooMany(socket))).not.toContain(true)
})
