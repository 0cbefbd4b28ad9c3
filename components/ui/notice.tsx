import type { ReactNode } from 'react'
import styles from './notice.module.css'

/** A page that has nothing to show but why, and what to do next. */
export function Notice({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={styles.notice}>
      <h1>{title}</h1>
      <p>{text}</p>
      <div className={styles.ways}>{children}</div>
    </main>
  )
}
