import { expect, test } from 'vitest'
import { isUserVerified } from '#lib/accounts/user-verified.ts'

const sent = (flags: number) => ({
  response: { response: { authenticatorData: Buffer.from([...Array(32).fill(7), flags, 0, 0, 0, 1]).toString('base64url') } },
})

test('a passkey is taken only where the device has made sure who uses it', () => {
  expect(isUserVerified(sent(0x05))).toBe(true)
  expect(isUserVerified(sent(0x1d))).toBe(true)
  expect(isUserVerified(sent(0x01))).toBe(false)
  for (const wrong of [
    null,
    {},
    { response: {} },
    { response: { response: { authenticatorData: '' } } },
    { response: { response: { authenticatorData: '!' } } },
  ]) {
    expect(isUserVerified(wrong)).toBe(false)
  }
})
