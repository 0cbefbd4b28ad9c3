import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { dayIn, isSameZone, zoneName, zoneOffset } from '#components/ui/time-of-zone.ts'

const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'Europe/Kyiv',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
)
const anyInstant = fc
  .integer({ min: Date.parse('1990-01-01T00:00:00Z'), max: Date.parse('2040-01-01T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString())

/** What a clock on the wall there shows, as Intl tells it. */
function wallClock(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))
}

describe('the time of a zone', () => {
  test.prop([anyInstant, anyZone])('is UTC and the offset, in any year and across changes of the clock', (at, timeZone) => {
    const wall = new Date(Date.parse(at) + zoneOffset(Date.parse(at), timeZone)).toISOString()
    expect(wall.slice(0, 19).replace('T', ' ')).toBe(wallClock(at, timeZone))
  })

  test.prop([anyInstant, anyInstant, anyZone])('has two instants on one day if the calendar there says so', (one, other, timeZone) => {
    const day = (at: string) => wallClock(at, timeZone).slice(0, 10)
    expect(dayIn(one, timeZone) === dayIn(other, timeZone)).toBe(day(one) === day(other))
  })

  test('is called by its city, by the name that it has now', () => {
    expect([zoneName('Europe/Kiev'), zoneName('America/Argentina/Buenos_Aires'), zoneName('UTC')]).toEqual(['Kyiv', 'Buenos Aires', 'UTC'])
    expect(isSameZone('Europe/Kiev', 'Europe/Kyiv')).toBe(true)
    expect(isSameZone('Europe/Kyiv', 'Europe/Berlin')).toBe(false)
  })
})
