import styles from './button.module.css'

/** A link that leads to what a page is for. */
export function LinkButton({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className={`${styles.button} ${styles.main} ${styles.link}`}>
      {children}
    </a>
  )
}
