import type { Readers } from '#lib/db/reach.ts'
import type { Store } from '#lib/db/store.ts'
import type { Report } from './hub-socket.ts'

export type Audience = {
  /** How many readers the other processes had, as of a minute or two ago. */
  elsewhere(storyId: string): number
  stop(): Promise<void>
}

/** For how long it is known how many were reading when. */
const keptMs = 7 * 24 * 60 * 60_000
const forgetEveryMs = 60 * 60_000

/**
 * Writes once in each minute how many readers the stories that are followed here have: one query for all of them, none if there are
 * none. `minuteMs` is how long a minute is. It begins with the minute, so that each has its sample and no two are of the same.
 */
export function startAudience(store: Store, process: string, here: () => readonly Readers[], minuteMs: number, report: Report): Audience {
  let elsewhere: readonly Readers[] = []
  let forgotAt = 0
  let counting: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout
  const untilNext = () => minuteMs - (Date.now() % minuteMs)

  const count = async (now: number) => {
    const stories = here()
    const minute = now - (now % minuteMs)
    elsewhere = stories.length === 0 ? [] : await store.reach.sample(process, new Date(minute), stories, new Date(minute - minuteMs))
    if (now - forgotAt < forgetEveryMs) return
    forgotAt = now
    await store.reach.forgetSamples(new Date(now - keptMs))
  }
  const onMinute = () => {
    timer = setTimeout(onMinute, untilNext())
    counting = count(Date.now()).catch((error: unknown) => report('counting readers failed', error))
  }
  timer = setTimeout(onMinute, untilNext())

  return {
    elsewhere: (storyId) => elsewhere.find((each) => each.storyId === storyId)?.readers ?? 0,
    stop() {
      clearTimeout(timer)
      return counting
    },
  }
}
