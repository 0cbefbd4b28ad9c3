import { z } from 'zod'
import { templateName } from './templates.ts'

/** The longest that a story waits before it closes by itself. */
export const mostQuietDays = 365

export const quietDays = z
  .int('must be a whole number')
  .min(1, `must be from 1 to ${mostQuietDays}`)
  .max(mostQuietDays, `must be from 1 to ${mostQuietDays}`)

/** What only the newsroom knows of a story. */
export const storySettings = z
  .object({
    /** What kind of story it was begun as: the composer offers the updates that such a story needs. */
    template: templateName.nullable(),
    /** After so many days in which nothing happened it is closed by itself; null if it never is. */
    autoCloseDays: quietDays.nullable(),
  })
  .meta({ id: 'StorySettings' })
export type StorySettings = z.infer<typeof storySettings>
