import { z } from 'zod'
import { chosenCover, cover } from './cover.ts'
import { pace } from './pace.ts'
import { storySettings } from './story-settings.ts'
import { instant, languageTag, line } from './text.ts'
import { updateLine } from './update-line.ts'

export const storyStatus = z.enum(['draft', 'developing', 'paused', 'closed'])
export type StoryStatus = z.infer<typeof storyStatus>

export const slug = z
  .string('must be text')
  .min(1, 'must have 1 to 100 characters')
  .max(100, 'must have 1 to 100 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'may have small letters a–z, digits and single hyphens between them')

const headline = line({ min: 1, max: 200 })
const standfirst = line({ max: 600 })
const closingSummary = line({ max: 1000 })
const timeZone = z.string('must be text').refine(isTimeZone, 'must be a time zone like Europe/Kyiv')

/** What readers may know of a story. `openedAt` is when it was made; what has become of it since is in the log. */
export const story = z
  .object({
    id: z.uuid(),
    slug,
    headline,
    standfirst,
    status: storyStatus,
    language: languageTag,
    timeZone,
    openedAt: instant,
    cover: cover.nullable().default(null),
    /** When it was closed, if it is. */
    closedAt: instant.nullable().default(null),
    /** What came of it, told while it is closed. */
    closingSummary: z.string().default(''),
    /** Closed and put away: its page stays where it is, but no list has it. */
    archived: z.boolean().default(false),
  })
  .meta({ id: 'Story' })
export type Story = z.infer<typeof story>

/** A story in a list: with the number and the time of the newest event of its log, what is newest in it, and how fast it goes. */
export const listedStory = story
  .extend({
    head: z.int(),
    updatedAt: instant,
    /** Null while there's none, or where it was withdrawn. */
    newest: updateLine.nullable(),
    /** What was published in the last 24 hours, by the hour. */
    pace,
  })
  .meta({ id: 'ListedStory' })
export type ListedStory = z.infer<typeof listedStory>

export const newStory = z
  .strictObject({
    headline,
    standfirst: standfirst.default(''),
    /** Made from the headline when it isn't given. */
    slug: slug.optional(),
    language: languageTag.default('en'),
    timeZone: timeZone.default('UTC'),
    status: storyStatus.default('developing'),
    cover: chosenCover.nullable().default(null),
    template: storySettings.shape.template.default(null),
    autoCloseDays: storySettings.shape.autoCloseDays.default(null),
  })
  .meta({ id: 'NewStory' })
export type NewStory = z.infer<typeof newStory>

export const storyChanges = z
  .strictObject({
    headline,
    standfirst,
    status: storyStatus,
    language: languageTag,
    timeZone,
    cover: chosenCover.nullable(),
    /** Goes with a closed story, and is gone when it is reopened. */
    closingSummary,
    /** Goes with a closed story; reopening takes it out of the archive. */
    archived: z.boolean(),
    ...storySettings.shape,
  })
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'StoryChanges' })
export type StoryChanges = z.infer<typeof storyChanges>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
