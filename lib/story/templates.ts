import { z } from 'zod'

/**
 * The updates that each kind of story needs again and again, in the order in which they usually come. What each says is worded
 * in the catalogue; here is only which there are, and which of them are key events.
 */
export const templates = {
  breaking: [
    { name: 'breaking.known', key: true },
    { name: 'breaking.statement', key: false },
    { name: 'breaking.scene', key: false },
    { name: 'breaking.numbers', key: true },
    { name: 'breaking.unconfirmed', key: false },
  ],
  election: [
    { name: 'election.closed', key: true },
    { name: 'election.turnout', key: false },
    { name: 'election.poll', key: true },
    { name: 'election.count', key: false },
    { name: 'election.result', key: true },
    { name: 'election.reaction', key: false },
  ],
  court: [
    { name: 'court.sits', key: true },
    { name: 'court.prosecution', key: false },
    { name: 'court.defence', key: false },
    { name: 'court.witness', key: false },
    { name: 'court.ruling', key: true },
    { name: 'court.adjourned', key: false },
  ],
  sport: [
    { name: 'sport.lineups', key: false },
    { name: 'sport.start', key: true },
    { name: 'sport.score', key: true },
    { name: 'sport.card', key: false },
    { name: 'sport.half', key: true },
    { name: 'sport.end', key: true },
  ],
  disruption: [
    { name: 'disruption.affected', key: true },
    { name: 'disruption.cause', key: false },
    { name: 'disruption.instead', key: false },
    { name: 'disruption.until', key: false },
    { name: 'disruption.restored', key: true },
  ],
} as const

export const templateName = z.enum(['breaking', 'election', 'court', 'sport', 'disruption'])
export type TemplateName = z.infer<typeof templateName>
