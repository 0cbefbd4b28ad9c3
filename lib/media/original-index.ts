import { type Busy, inSlot } from '#lib/limits/concurrency-limit.ts'
import { fairLimit } from '#lib/limits/fair-limit.ts'
import type { KeptFormat } from './clean-picture.ts'

type Extension = KeptFormat['extension']

/** Which pictures have an original, and how its name ends. */
export type OriginalIndex = {
  /** Answers from memory, or asks the storage once for all who ask at the same time; null if there's no such picture. */
  find(pictureId: string, asker: string): Promise<Extension | null | Busy>
  /** Whether the picture was missing a moment ago. Asks nobody. */
  isKnownMissing(pictureId: string): boolean
  add(pictureId: string, extension: Extension): void
  /** Forgets what it knew of a picture. */
  forget(pictureId: string): void
}

const maxRemembered = 10_000

/** How long a missing picture is remembered as missing: another process may have written it since. */
const missingTtlMs = 5_000

/** Checks of the storage. A browser asks for a page's pictures at once, and each check may be three requests to a bucket. */
const checkLimits = { max: 16, maxOfKey: 16, maxWaitingOfKey: 64, maxWaiting: 4_096 }

type Options = { now?: () => number }

/**
 * Opens the index with `look`, which asks the storage. Anyone can ask for pictures that don't exist, so the checks are limited in number,
 * askers take turns, and the newest 10,000 answers of each kind are remembered.
 */
export function openOriginalIndex(
  look: (pictureId: string) => Promise<Extension | null>,
  { now = () => performance.now() }: Options = {},
): OriginalIndex {
  const limit = fairLimit(checkLimits)
  const present = new Map<string, Extension>()
  /** When each was found missing, the oldest first. */
  const missing = new Map<string, number>()
  const checks = new Map<string, Promise<Extension | null | Busy>>()

  const isKnownMissing = (pictureId: string): boolean => {
    const since = missing.get(pictureId)
    return since !== undefined && now() - since < missingTtlMs
  }
  const check = (pictureId: string, asker: string): Promise<Extension | null | Busy> => {
    const checking = inSlot(limit.enter(asker), () => look(pictureId))
      .then((found) => {
        // A picture that was written or removed meanwhile makes the answer out of date.
        if (checks.get(pictureId) !== checking) return found
        if (found === null) remember(missing, pictureId, now())
        else if (typeof found === 'string') remember(present, pictureId, found)
        return found
      })
      .finally(() => {
        if (checks.get(pictureId) === checking) checks.delete(pictureId)
      })
    checks.set(pictureId, checking)
    return checking
  }
  const forget = (pictureId: string): void => {
    present.delete(pictureId)
    missing.delete(pictureId)
    checks.delete(pictureId)
  }

  return {
    async find(pictureId, asker) {
      const extension = present.get(pictureId)
      if (extension) return extension
      if (isKnownMissing(pictureId)) return null
      return checks.get(pictureId) ?? check(pictureId, asker)
    },
    isKnownMissing,
    add(pictureId, extension) {
      forget(pictureId)
      remember(present, pictureId, extension)
    },
    forget,
  }
}

function remember<Value>(entries: Map<string, Value>, key: string, value: Value): void {
  entries.delete(key)
  entries.set(key, value)
  const [oldest] = entries.keys()
  if (entries.size > maxRemembered && oldest !== undefined) entries.delete(oldest)
}
