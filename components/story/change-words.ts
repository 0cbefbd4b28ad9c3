import { useTranslations } from 'use-intl'
import type { ChangeCounts } from '#lib/story/change-counts.ts'

const kinds = ['updates', 'corrections', 'withdrawals', 'reassessments', 'answers'] as const satisfies (keyof ChangeCounts)[]

/** Says in words what happened: "12 updates · 2 corrections"; nothing, if it is none of what is counted. */
export function useChangeWords(): (counts: ChangeCounts) => string {
  const t = useTranslations('story.missed')
  return (counts) =>
    kinds
      .filter((kind) => counts[kind] > 0)
      .map((kind) => t(kind, { count: counts[kind] }))
      .join(' · ')
}
