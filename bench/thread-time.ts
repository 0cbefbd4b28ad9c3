/** What of a browser's trace is used here. Times in µs; `tts` and `tdur` are of the thread's own clock, which stands while it doesn't run. */
export type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  ts: number
  dur?: number
  readonly tts?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } }
}

const taskNames = new Set(['RunTask', 'ThreadControllerImpl::RunTask'])

type Task = TraceEvent & { dur: number; readonly tts: number; readonly tdur: number }

function isTask(event: TraceEvent): event is Task {
  return event.ph === 'X' && taskNames.has(event.name) && event.dur !== undefined && event.tts !== undefined && event.tdur !== undefined
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`
}

/**
 * Takes out of a trace, in place, the time for which a thread waited in the middle of a task for a processor that another thread or
 * process had. Each task begins when it began and lasts as long as it ran; what happened in it is where the thread's own clock says.
 * On a machine where a browser has cores to itself that changes little.
 */
export function inThreadTime(events: readonly TraceEvent[]): void {
  const tasks = new Map<string, { event: Task; begin: number; end: number }[]>()
  for (const event of events.filter(isTask).sort((one, other) => one.ts - other.ts)) {
    const thread = threadOf(event)
    const task = { event, begin: event.ts, end: event.ts + event.dur }
    const own = tasks.get(thread)
    if (own) own.push(task)
    else tasks.set(thread, [task])
  }
  for (const event of events) {
    const { tts } = event
    // Those that span threads have no thread's time.
    if (tts === undefined || !['X', 'B', 'E', 'I', 'i'].includes(event.ph) || isTask(event)) continue
    const around = lastBefore(tasks.get(threadOf(event)) ?? [], event.ts)
    if (!around || event.ts > around.end) continue
    const { tts: began, tdur } = around.event
    const since = Math.max(0, Math.min(tdur, tts - began))
    event.ts = around.begin + since
    if (event.ph === 'X') event.dur = Math.min(event.tdur ?? event.dur ?? 0, tdur - since)
  }
  for (const { event } of [...tasks.values()].flat()) event.dur = event.tdur
}

function lastBefore<Item extends { readonly begin: number }>(sorted: readonly Item[], ts: number): Item | undefined {
  let first = 0
  let beyond = sorted.length
  while (first < beyond) {
    const middle = (first + beyond) >> 1
    if ((sorted[middle]?.begin ?? 0) <= ts) first = middle + 1
    else beyond = middle
  }
  return sorted[first - 1]
}

/** How long each task of the pages' threads took, and for how much of that it ran, in ms; before the mark of that name, if there is one. */
export function pageTasks(events: readonly TraceEvent[], endMark: string): { readonly took: number; readonly ran: number }[] {
  const pages = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf))
  const end = events.find(({ name }) => name === endMark)?.ts ?? Number.POSITIVE_INFINITY
  return events
    .filter(isTask)
    .filter((event) => pages.has(threadOf(event)) && event.ts + event.dur <= end)
    .map(({ dur, tdur }) => ({ took: dur / 1000, ran: tdur / 1000 }))
}
