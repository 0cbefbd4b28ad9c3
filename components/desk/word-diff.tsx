import { diffWordsWithSpace } from 'diff'
import styles from './word-diff.module.css'

type Props = { theirs: string; mine: string; side: 'theirs' | 'mine' }

/** One of two texts, with the words marked that the other doesn't have. */
export function WordDiff({ theirs, mine, side }: Props) {
  const Mark = side === 'theirs' ? 'del' : 'ins'
  const parts = diffWordsWithSpace(theirs, mine).filter(({ added, removed }) => (side === 'theirs' ? !added : !removed))
  return (
    <span className={styles.text}>
      {parts.map(({ value, added, removed }, index) => {
        const isMarked = (added || removed) && value.trim() !== ''
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of two texts that don't change have no other identity.
        return isMarked ? <Mark key={index}>{value}</Mark> : value
      })}
    </span>
  )
}
