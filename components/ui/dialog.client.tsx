'use client'

import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { CloseButton } from './close-button.tsx'
import styles from './dialog.module.css'

type Props = {
  title: string
  closeLabel: string
  onClose: () => void
  /** `page` fills a phone's screen, for what is long; `note` takes the room it needs. */
  size?: 'note' | 'page'
  children: ReactNode
}

/**
 * A window above the page that keeps the focus until it is closed, and gives it back. It is open while it is rendered. A
 * click beside it does nothing: too easily made, with a text in it.
 */
export function Dialog({ title, closeLabel, onClose, size = 'note', children }: Props) {
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => isOpen || onClose()} className={styles.overlay ?? ''} data-size={size}>
      <Modal className={styles.modal ?? ''}>
        <AriaDialog className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <CloseButton label={closeLabel} onClick={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
