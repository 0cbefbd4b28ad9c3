const hourMs = 60 * 60_000

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/**
 * How far the clocks of a zone are ahead of UTC at that instant (ms since 1970), in ms. Remembered by the quarter of an hour,
 * the finest that zones change on: a long timeline asks for the same ones again and again.
 */
export function zoneOffset(at: number, timeZone: string): number {
  const quarter = Math.floor(at / (hourMs / 4)) * (hourMs / 4)
  const key = `${timeZone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const offset = readOffset(quarter, timeZone)
  offsets.set(key, offset)
  return offset
}

function readOffset(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
  const wall = new Date(0)
  wall.setUTCFullYear(year, number('month') - 1, number('day'))
  wall.setUTCHours(number('hour'), number('minute'), number('second'))
  return wall.getTime() - instant
}

/** The day that an instant falls on in a zone, as a number that is the same for all of the day. */
export function dayIn(at: string, timeZone: string): number {
  const instant = Date.parse(at)
  return Math.floor((instant + zoneOffset(instant, timeZone)) / (24 * hourMs))
}

/** The names that the time zone database has given up and browsers still answer with. */
const renamed = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Godthab', 'America/Nuuk'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
])

export function isSameZone(one: string, other: string): boolean {
  return nowNamed(one) === nowNamed(other)
}

/** A zone as people call it: by its city. */
export function zoneName(timeZone: string): string {
  const name = nowNamed(timeZone)
  return (name.split('/').at(-1) ?? name).replaceAll('_', ' ')
}

function nowNamed(timeZone: string): string {
  return renamed.get(timeZone) ?? timeZone
}
