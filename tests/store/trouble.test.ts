import { expect, test } from 'vitest'
import { fromDatabase, troubleIn } from '#lib/db/trouble.ts'

function because(code: string, name = 'Error'): Error {
  return Object.assign(new Error('it failed', { cause: Object.assign(new Error('why'), { code }) }), { name })
}

test('a database that is away is told from others that are', () => {
  expect(troubleIn(because('ECONNREFUSED', 'TypeError'))).toBeNull()
  expect(troubleIn(because('ECONNREFUSED', 'PrismaClientKnownRequestError'))).toBe('away')
  const pool = new Error('timeout exceeded when trying to connect')
  expect(troubleIn(pool)).toBeNull()
  fromDatabase(pool)
  expect(troubleIn(pool)).toBe('away')
})

test('a full disk is one, whosever it is', () => {
  const refused = { meta: { driverAdapterError: { cause: { kind: 'postgres', originalCode: '53100' } } } }
  expect(troubleIn(Object.assign(new Error('x'), refused))).toBe('full')
  expect(troubleIn(because('ENOSPC'))).toBe('full')
})

test('what the database refuses is neither, nor is what isn’t an error', () => {
  for (const other of [
    because('23505', 'PrismaClientKnownRequestError'),
    because('P2028', 'PrismaClientKnownRequestError'),
    'away',
    null,
    undefined,
  ]) {
    expect(troubleIn(other)).toBeNull()
  }
})
