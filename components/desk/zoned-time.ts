import { zoneOffset } from '#components/ui/time-of-zone.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** The wall clock's `YYYY-MM-DDTHH:mm` (what a datetime-local field holds) in that time zone at that instant. */
export function localFromInstant(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  return new Date(at + zoneOffset(at, timeZone)).toISOString().slice(0, 16)
}

/**
 * The instant (ISO 8601 in UTC) at which the clocks of that time zone show `local`; null if that is no time. When clocks are
 * set back an hour comes twice: the first is meant. When they are set forward an hour is missing: a time in it is told by the
 * clock that wasn't set forward yet, as all calendars do.
 */
export function instantFromLocal(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asUtc)) return null
  // A day before and a day after are on either side of any change of the clocks; where nothing changes they are the same.
  const [before, after] = [zoneOffset(asUtc - dayMs, timeZone), zoneOffset(asUtc + dayMs, timeZone)]
  const isRight = (offset: number) => zoneOffset(asUtc - offset, timeZone) === offset
  const offset = !isRight(before) && isRight(after) ? after : before
  return new Date(asUtc - offset).toISOString()
}
