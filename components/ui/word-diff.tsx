import { diffWordsWithSpace } from 'diff'
import styles from './word-diff.module.css'

type Props = {
  before: string
  after: string
  /** Both in one, or one of the two with the words marked that the other doesn't have. */
  show: 'both' | 'before' | 'after'
}

/** Comparing costs about the length of both texts times the number of words that differ. Beyond this many, marks say nothing any more. */
const maxDifferences = 120
const maxComparedWork = 10_000_000

/** What became of a text, word by word; of long texts that differ in many words, as one text in the place of another. */
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
