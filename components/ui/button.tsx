import type { ComponentProps, MouseEvent } from 'react'
import styles from './button.module.css'

type Props = Omit<ComponentProps<'button'>, 'className'> & {
  /** `main` is what a form is for; `quiet` stands among many of its kind; `danger` can't be undone, and `quietDanger` leads there. */
  look?: 'main' | 'plain' | 'quiet' | 'danger' | 'quietDanger'
  /** It works on the last press: it can't be pressed, but keeps the focus. */
  isBusy?: boolean
}

/**
 * The browser's own button. React Aria's would bring a style element with it, which our Content-Security-Policy refuses, and
 * nothing here needs more than a click.
 */
export function Button({ look = 'plain', isBusy = false, type = 'button', onClick, ...props }: Props) {
  return (
    <button
      {...props}
      type={type}
      className={`${styles.button} ${styles[look] ?? ''}`}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? ignore : onClick}
    />
  )
}

function ignore(event: MouseEvent) {
  event.preventDefault()
}
