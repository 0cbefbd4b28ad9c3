import styles from './connection-mark.module.css'

/** How a page stands to a story, with a dot that is filled while it is live. */
export function ConnectionMark({ isLive, isAnnounced = false, children }: { isLive: boolean; isAnnounced?: boolean; children: string }) {
  return (
    <p className={styles.connection} data-live={isLive || undefined} role={isAnnounced ? 'status' : undefined}>
      {children}
    </p>
  )
}
