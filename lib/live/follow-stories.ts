import { hearOf } from '#lib/story/list-stories.ts'
import type { ListedStory } from '#lib/story/story.ts'
import { retryDelay } from './backoff.ts'
import { answerWithinMs, getJson } from './get-json.ts'
import type { Surroundings } from './link.ts'
import { namedTimers } from './named-timers.ts'
import { observed } from './observed.ts'
import { isEventsMessage, isFollowAnswer, isLeavingMessage, isListedStories } from './readable.ts'

/** `isLive` is null until it is known. */
export type FollowedStories = { readonly stories: readonly ListedStory[]; readonly isLive: boolean | null }

export type StoriesFollower = {
  get(): FollowedStories
  subscribe(listener: () => void): () => void
  /** Follows until what it answers is called. */
  start(): () => void
}

/** Between two looks at the whole list, for stories that were opened since; in ms. */
const lookEveryMs = 30_000

/** One socket may follow this many stories. The list is by the newest activity: the others are seen when it is looked at. */
const mostFollowed = 20

/**
 * Keeps the list of stories up to date: by the events of those on top of it, and by reading it anew now and then, and each time
 * that the socket had to be opened again, since nothing tells what was missed.
 */
export function followStories(initial: readonly ListedStory[], surroundings: Surroundings): StoriesFollower {
  const list = observed<FollowedStories>({ stories: initial, isLive: null })
  const timers = namedTimers<'look' | 'retry' | 'move'>(surroundings)
  let close: (() => void) | null = null
  let isOpen = false
  let failures = 0
  let isRunning = false

  const say = (isLive: boolean) => {
    if (list.get().isLive !== isLive) list.set({ ...list.get(), isLive })
  }

  const look = async () => {
    const json = await getJson('/api/stories')
    if (!isRunning) return
    timers.set('look', lookEveryMs * (0.75 + surroundings.random() / 2), () => void look())
    if (json === null || json === 'gone' || !isListedStories(json.value)) return say(false)
    const known = new Map(list.get().stories.map((story) => [story.slug, story]))
    // An edge may have answered with what it had a second ago.
    const stories = json.value.stories.map((story) => {
      const told = known.get(story.slug)
      return told && told.head > story.head ? told : story
    })
    list.set({ stories, isLive: isOpen })
  }

  const connect = async () => {
    const { openSocket } = await import('./plain-socket.ts')
    if (!isRunning) return
    /** Said by a server that has too many already, before it closes. */
    let retryAfterMs: number | undefined
    const follow = async (slug: string) => {
      const answer = await socket.ask('follow', { story: slug, as: 'list' }, answerWithinMs)
      if (isFollowAnswer(answer) && !answer.ok && answer.reason === 'full') ({ retryAfterMs } = answer)
    }
    const socket = openSocket('', {
      onOpen() {
        failures = 0
        isOpen = true
        for (const { slug } of list.get().stories.slice(0, mostFollowed)) void follow(slug)
        // From here on nothing is missed; before it, something may have been.
        void look()
      },
      onMessage(name, message) {
        if (name === 'leaving' && isLeavingMessage(message)) timers.set('move', surroundings.random() * message.within, move)
        if (name !== 'events' || !isEventsMessage(message)) return
        const { stories, isLive } = list.get()
        const heard = message.events.reduce((known, event) => hearOf(known, message.story, event), stories)
        if (heard !== stories) list.set({ stories: heard, isLive })
      },
      onClosed() {
        timers.clear('move')
        isOpen = false
        failures += 1
        say(false)
        const random = surroundings.random()
        timers.set('retry', retryAfterMs === undefined ? retryDelay(failures, random) : retryAfterMs * (0.5 + random), begin)
      },
    })
    close = socket.close
  }

  /** To another server, where this one is about to end. */
  const move = () => {
    close?.()
    begin()
  }

  const begin = () => {
    connect().catch(() => {
      // The socket's code could not be loaded: there's no network.
      failures += 1
      say(false)
      timers.set('retry', retryDelay(failures, surroundings.random()), begin)
    })
  }

  return {
    get: list.get,
    subscribe: list.subscribe,
    start() {
      isRunning = true
      begin()
      return () => {
        isRunning = false
        timers.clearAll()
        close?.()
        close = null
      }
    },
  }
}
