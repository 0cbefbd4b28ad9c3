import { X } from 'lucide-react'
import styles from './close-button.module.css'

/** Closes what it stands in the corner of. */
export function CloseButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.close} aria-label={label} onClick={onClick}>
      <X aria-hidden size={20} />
    </button>
  )
}
