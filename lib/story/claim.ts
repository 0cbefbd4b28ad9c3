import { z } from 'zod'
import { instant, instantInput, line } from './text.ts'

/** How a claim stands. `retracted`: whoever made it has taken it back. */
export const standing = z.enum(['unverified', 'disputed', 'confirmed', 'refuted', 'retracted'])
export type Standing = z.infer<typeof standing>

/** In the order in which a claim usually goes through them. */
export const standings = standing.options

/** More than this of a story's claims isn't kept beside its timeline. */
export const mostClaims = 200
/** Of one claim. */
export const mostAssessments = 100
/** Of one claim, or of one assessment. */
const mostLinks = 20

const sourceName = line({ min: 1, max: 120 })

/** Updates of the story, each once. */
export const links = z
  .array(z.uuid())
  .overwrite((all) => [...new Set(all)])
  .max(mostLinks, `must be at most ${mostLinks}`)

/** One judgement of the newsroom on a claim: how it stands since then, why, and what that rests on. */
export const assessment = z
  .object({
    at: instant,
    standing,
    /** Empty where a claim was noted without more being known of it. */
    reason: z.string(),
    /** Whoever says so independently of each other. */
    sources: z.array(z.string()),
    /** Why one source was enough to confirm it. */
    soleSource: z.string().nullable(),
    /** The updates that it rests on. */
    updates: z.array(z.uuid()),
  })
  .meta({ id: 'Assessment' })
export type Assessment = z.infer<typeof assessment>

/** Who says it; role and place are empty where they go without saying. */
export const claimant = z.object({ name: z.string(), role: z.string(), place: z.string() })

/** What somebody says is so, as readers may see it now. */
export const claim = z
  .object({
    id: z.uuid(),
    /** The number of the event that brought it. */
    seq: z.int().positive(),
    /** Rises by one with each change and assessment. */
    version: z.int().positive(),
    statement: z.string(),
    claimant,
    /** When they said it, if that is known. */
    claimedAt: instant.nullable(),
    /** The updates that tell of it. */
    updates: z.array(z.uuid()),
    /** Oldest first, and never none: the last is how it stands. */
    assessments: z.array(assessment).min(1),
    /** Set when it was taken off the list, which never should have had it. */
    withdrawal: z.object({ at: instant, notice: z.string() }).nullable(),
  })
  .meta({ id: 'Claim' })
export type Claim = z.infer<typeof claim>

/** What an assessment says. A confirmation names two sources at least, or says why one is enough. */
export const newAssessment = z
  .strictObject({
    standing,
    reason: line({ min: 1, max: 500 }),
    sources: z
      .array(sourceName)
      .overwrite((all) => all.filter((name, index) => all.findIndex((other) => isSameName(name, other)) === index))
      .max(mostLinks, `must be at most ${mostLinks}`)
      .default([]),
    soleSource: line({ min: 1, max: 300 }).nullable().default(null),
    updates: links.default([]),
  })
  .refine(({ standing, sources, soleSource }) => standing !== 'confirmed' || sources.length >= 2 || (sources.length === 1 && soleSource !== null), {
    path: ['sources'],
    message: 'must name two independent sources, or one and why it is enough',
  })
  .meta({ id: 'NewAssessment' })
export type NewAssessment = z.infer<typeof newAssessment>

/** What somebody says is so, and who they are. */
const said = {
  statement: line({ min: 1, max: 300 }),
  claimant: z.strictObject({
    name: line({ min: 1, max: 120 }),
    role: line({ max: 120 }).default(''),
    place: line({ max: 120 }).default(''),
  }),
  claimedAt: instantInput.nullable(),
}

/** A claim that an update makes: it is noted as the update is published, or at once if it is. */
export const claimWithin = z.strictObject({ ...said, claimedAt: said.claimedAt.default(null) }).meta({ id: 'ClaimWithin' })
export type ClaimWithin = z.infer<typeof claimWithin>

export const newClaim = z
  .strictObject({
    ...claimWithin.shape,
    updates: links.default([]),
    /** How it stands from the beginning; unverified, if this isn't given. */
    assessment: newAssessment.nullable().default(null),
  })
  .meta({ id: 'NewClaim' })
export type NewClaim = z.infer<typeof newClaim>

export const claimChanges = z
  .strictObject({ ...said, updates: links })
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'ClaimChanges' })
export type ClaimChanges = z.infer<typeof claimChanges>

function isSameName(one: string, other: string): boolean {
  return one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0
}
