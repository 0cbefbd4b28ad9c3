import { useTranslations } from 'use-intl'
import { StandingMark } from '#components/ui/standing-mark.tsx'
import type { Claim } from '#lib/story/claim.ts'
import { standingOf } from '#lib/story/known.ts'
import styles from './carried-claims.module.css'

type Props = {
  claims: readonly Claim[]
  /** How the story is written. */
  lang: string
  dir: 'ltr' | 'rtl'
}

/** The claims that an update tells of or that rest on it, as they stand now: an old update read alone doesn't mislead. */
export function CarriedClaims({ claims, ...written }: Props) {
  const t = useTranslations('known')
  return (
    <ul className={styles.claims} aria-label={t('claims')}>
      {claims.map((claim) => (
        <li key={claim.id}>
          <StandingMark standing={standingOf(claim)} />{' '}
          <a href={`#claim-${claim.id}`} {...written}>
            {claim.claimant.name}: {claim.statement}
          </a>
        </li>
      ))}
    </ul>
  )
}
