'use client'

import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { CloseButton } from './close-button.tsx'
import styles from './sheet.module.css'

type Props = { title: string; closeLabel: string; isOpen: boolean; onClose: () => void; children: ReactNode }

/**
 * The browser's own dialog as a sheet from the foot of a phone, and as a window on a wide screen. It keeps the focus, gives
 * it back, and closes on Escape or a press beside it: nothing is ever typed into it.
 */
export function Sheet({ title, closeLabel, isOpen, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  const closeIfBeside = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for it is Escape, and the browser's.
    <dialog ref={dialog} className={styles.sheet} aria-label={title} onClose={onClose} onClick={closeIfBeside}>
      {isOpen && (
        <div className={styles.inside}>
          <header className={styles.header}>
            <h2>{title}</h2>
            <CloseButton label={closeLabel} onClick={onClose} />
          </header>
          {children}
        </div>
      )}
    </dialog>
  )
}
