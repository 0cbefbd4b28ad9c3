import { type DateTimeFormatOptions, useFormatter, useTranslations } from 'use-intl'

type Fields = DateTimeFormatOptions

const clock: Fields = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const clockAndZone: Fields = { ...clock, timeZoneName: 'short' }
const date: Fields = { day: 'numeric', month: 'long', year: 'numeric' }
const shortDate: Fields = { ...date, month: 'short' }

export type MomentForm = 'time' | 'time-and-offset' | 'day' | 'day-and-time' | 'time-and-zone'

/** An instant as a time element, in the time zone that the page tells times in. */
export function Moment({ at, form, className }: { at: string; form: MomentForm; className?: string | undefined }) {
  const say = useMoment()
  return (
    // What a browser's edition of Intl makes of it need not be, to the last mark, what the server's made of it.
    <time dateTime={at} className={className} suppressHydrationWarning>
      {say(at, form)}
    </time>
  )
}

/**
 * Says an instant in words, for where an element can't stand. What stands between a day and a time comes from the catalogue:
 * the editions of Intl don't agree on it.
 */
export function useMoment(): (at: string | number, form: MomentForm, timeZone?: string) => string {
  const format = useFormatter()
  const t = useTranslations('moment')
  return (at, form, timeZone) => {
    const instant = new Date(at)
    const part = (fields: Fields) => format.dateTime(instant, timeZone ? { ...fields, timeZone } : fields)
    switch (form) {
      case 'time':
        return part(clock)
      case 'time-and-offset':
        return part(clockAndZone)
      case 'day':
        return t('dayAndDate', { weekday: part({ weekday: 'long' }), date: part(date) })
      case 'day-and-time':
        return t('dateAndTime', { date: part(date), time: part(clock) })
      case 'time-and-zone':
        return t('dateAndTime', { date: part(shortDate), time: part(clockAndZone) })
    }
  }
}

const dayMs = 24 * 60 * 60_000

/** Says an instant of the past: by its time alone where that can't mean another day, else with its day. */
export function usePastMoment(): (at: number) => string {
  const say = useMoment()
  return (at) => say(at, Date.now() - at < dayMs ? 'time' : 'day-and-time')
}
