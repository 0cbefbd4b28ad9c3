import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { structuredData } from '#lib/story/structured-data.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf } from './history.ts'

const settings = { address: 'https://example.org/stories/bridge', publisher: 'Staytuned', sayStanding: (standing: string) => standing.toUpperCase() }

type Graph = { '@graph': { '@type': string; liveBlogUpdate?: { '@id': string; correction?: unknown[] }[]; claimReviewed?: string }[] }

describe('what programs read of a story', () => {
  test.prop([anyLog])('has each update that stands with its corrections, and each claim that was assessed', (log) => {
    const view = foldOf(log)
    const { '@graph': graph }: Graph = JSON.parse(structuredData(view, settings))
    const standing = view.updates.filter(({ withdrawal }) => withdrawal === null)
    expect(graph[0]?.liveBlogUpdate?.map((each) => [each['@id'], each.correction?.length ?? 0])).toEqual(
      standing.map(({ id, corrections }) => [`https://example.org/stories/bridge/updates/${id}`, corrections.length]),
    )
    const assessed = view.claims.filter(({ assessments }) => assessments.at(-1)?.reason !== '')
    expect(graph.slice(1).map(({ claimReviewed }) => claimReviewed)).toEqual(assessed.map(({ statement }) => statement))
  })

  test.prop([anyLog])('ends no script element, whatever is written', (log) => {
    expect(structuredData(foldOf(log), settings)).not.toContain('<')
  })

  test.prop([anyLog])('rates what is decided, and only names what isn’t', (log) => {
    const { '@graph': graph } = JSON.parse(structuredData(foldOf(log), settings))
    for (const { reviewRating } of graph.slice(1)) {
      const { alternateName, ratingValue } = reviewRating
      expect(ratingValue).toBe({ CONFIRMED: 5, REFUTED: 1 }[alternateName as string])
    }
  })
})
