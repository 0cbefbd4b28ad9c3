import { diffWordsWithSpace } from 'diff'
import styles from './word-diff.module.css'

type Props = {
  before: string
  after: string
  /** Both in one, or one of the two with the words marked that the other doesn't have. */
  show: 'both' | 'before' | 'after'
}

/** With more differences than this, marks don't help the reader. Comparing costs the length of both texts times their differences. */
const maxDifferences = 120
const maxComparedWork = 10_000_000

/** Shows how a text changed, word by word; if too many words differ, as the old text followed by the new one. */
export function WordDiff({ before, after, show }: Props) {
  const maxEditLength = Math.min(maxDifferences, Math.ceil(maxComparedWork / (before.length + after.length + 1)))
  const compared = diffWordsWithSpace(before, after, { maxEditLength }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  const parts = compared.filter(({ added, removed }) => (show === 'before' ? !added : show === 'after' ? !removed : true))
  return (
    <span className={styles.text}>
      {parts.map(({ value, added, removed }, index) => {
        if (!(added || removed) || value.trim() === '') return value
        const Mark = added ? 'ins' : 'del'
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of two texts that don't change have no other identity.
        return <Mark key={index}>{value}</Mark>
      })}
    </span>
  )
}
