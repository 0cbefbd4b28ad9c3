import { useFormatter } from 'use-intl'

const forms = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  'day-and-time': { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  'time-and-zone': { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type MomentForm = keyof typeof forms

/** An instant as a time element, in the time zone that the page tells times in. */
export function Moment({ at, form, className }: { at: string; form: MomentForm; className?: string | undefined }) {
  const say = useMoment()
  return (
    <time dateTime={at} className={className}>
      {say(at, form)}
    </time>
  )
}

/** Says an instant in words, for where an element can't stand. */
export function useMoment(): (at: string | number, form: MomentForm, timeZone?: string) => string {
  const format = useFormatter()
  return (at, form, timeZone) => format.dateTime(new Date(at), { ...forms[form], ...(timeZone ? { timeZone } : {}) })
}
