import { type DateTimeFormatOptions, useFormatter } from 'use-intl'

type Fields = DateTimeFormatOptions

const clock: Fields = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const date: Fields = { day: 'numeric', month: 'long', year: 'numeric' }

/**
 * The parts of each form, and what joins them. Joined here, since what stands between a day and a time is not the same in
 * the server's and in every browser's edition of Intl, and a page must come alive with the words that it was rendered with.
 */
const forms = {
  time: { parts: [clock], joint: '' },
  day: { parts: [{ weekday: 'long' }, date], joint: ' ' },
  'day-and-time': { parts: [date, clock], joint: ', ' },
  'time-and-zone': {
    parts: [
      { ...date, month: 'short' },
      { ...clock, timeZoneName: 'short' },
    ],
    joint: ', ',
  },
} as const satisfies Record<string, { parts: Fields[]; joint: string }>

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
  return (at, form, timeZone) => {
    const { parts, joint } = forms[form]
    const instant = new Date(at)
    const inZone = (fields: Fields): Fields => (timeZone ? { ...fields, timeZone } : fields)
    return parts.map((fields) => format.dateTime(instant, inZone(fields))).join(joint)
  }
}
