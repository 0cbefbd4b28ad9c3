import type { ReactNode } from 'react'
import styles from './picture.module.css'

type Props = { title: string | null | undefined; credit: string | null | undefined; children: ReactNode }

/** A picture with the words below it: what it shows, and whose it is. */
export function PictureFigure({ title, credit, children }: Props) {
  return (
    <figure className={styles.figure}>
      {children}
      {(title || credit) && (
        <figcaption>
          {title}
          {credit && <span className={styles.credit}>{credit}</span>}
        </figcaption>
      )}
    </figure>
  )
}
