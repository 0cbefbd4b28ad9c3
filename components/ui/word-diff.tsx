import { diffWordsWithSpace } from 'diff'
import styles from './word-diff.module.css'

type Props = {
  before: string
  after: string
  /** Both in one, or one of the two with the words marked that the other doesn't have. */
  show: 'both' | 'before' | 'after'
}

/** What became of a text, word by word. */
export function WordDiff({ before, after, show }: Props) {
  const parts = diffWordsWithSpace(before, after).filter(({ added, removed }) => (show === 'before' ? !added : show === 'after' ? !removed : true))
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
