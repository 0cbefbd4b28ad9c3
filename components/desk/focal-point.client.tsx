'use client'

import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Focus } from '#lib/story/focus.ts'
import styles from './focal-point.module.css'

type Props = { focus: Focus | null; onChange: (focus: Focus | null) => void; picture: ReactNode }

const middle: Focus = { x: 0.5, y: 0.5 }

/** As far as one press of an arrow goes. */
const step = 0.05

/** A picture, and on it the point that stays in view where it is cut: chosen by a click or a tap, or by the arrows. */
export function FocalPoint({ focus, onChange, picture }: Props) {
  const t = useTranslations('desk.picture')
  const [isChoosing, setChoosing] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const stop = () => {
    setChoosing(false)
    toggle.current?.focus()
  }
  const setNone = () => {
    onChange(null)
    stop()
  }
  return (
    <div className={styles.focal}>
      <div className={styles.frame} data-choosing={isChoosing || undefined}>
        {picture}
        {(focus || isChoosing) && <Mark {...(focus ?? middle)} />}
        {isChoosing && <Choice focus={focus} onChange={onChange} onDone={stop} />}
      </div>
      {isChoosing && <p className={styles.hint}>{t('focusHint')}</p>}
      <div className={styles.buttons}>
        <Button look="quiet" ref={toggle} onClick={() => setChoosing(!isChoosing)}>
          {t(isChoosing ? 'focusDone' : focus ? 'focusChange' : 'focusChoose')}
        </Button>
        {focus && (
          <Button look="quiet" onClick={setNone}>
            {t('focusNone')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Mark({ x, y }: Focus) {
  return <span aria-hidden className={styles.mark} style={{ left: `${x * 100}%`, top: `${y * 100}%` }} />
}

/**
 * Two sliders, for that is what a point is to whoever can't see it; both take all four arrows, so that one is enough. They
 * lie unseen over the picture, which takes the clicks.
 */
function Choice({ focus, onChange, onDone }: { focus: Focus | null; onChange: (focus: Focus) => void; onDone: () => void }) {
  const t = useTranslations('desk.picture')
  const { x, y } = focus ?? middle
  // Keys come faster than the page is drawn: each goes on from where the last has led.
  const point = useRef({ x, y })
  const across = useRef<HTMLInputElement>(null)
  const put = (there: Focus) => {
    point.current = { x: within(there.x), y: within(there.y) }
    onChange(point.current)
  }
  const move = (right: number, down: number) => put({ x: point.current.x + right, y: point.current.y + down })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') move(-step, 0)
    else if (event.key === 'ArrowRight') move(step, 0)
    else if (event.key === 'ArrowUp') move(0, -step)
    else if (event.key === 'ArrowDown') move(0, step)
    else if (event.key === 'Escape' || event.key === 'Enter') onDone()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    // The text around it takes the focus of every click; the arrows are to go on from here.
    across.current?.focus()
    put({ x: (event.clientX - left) / width, y: (event.clientY - top) / height })
  }
  const percent = (share: number) => Math.round(share * 100)
  const slider = { min: 0, max: 100, step: step * 100, className: 'visually-hidden' }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't lie over a picture in every browser.
    <div role="group" aria-label={t('focus')} className={styles.choice} onKeyDown={onKeyDown} onClick={onClick}>
      <input
        type="range"
        {...slider}
        ref={across}
        aria-label={t('focusAcross')}
        aria-valuetext={t('focusLeft', { percent: percent(x) })}
        // biome-ignore lint/a11y/noAutofocus: it was opened to be moved.
        autoFocus
        value={percent(x)}
        onChange={(event) => put({ x: Number(event.target.value) / 100, y: point.current.y })}
      />
      <input
        type="range"
        {...slider}
        aria-label={t('focusDown')}
        aria-valuetext={t('focusTop', { percent: percent(y) })}
        value={percent(y)}
        onChange={(event) => put({ x: point.current.x, y: Number(event.target.value) / 100 })}
      />
    </div>
  )
}

/** From 0 to 1, in hundredths: what is stored is short, and a step there and back leads to the same place. */
function within(share: number): number {
  return Math.round(Math.min(Math.max(share, 0), 1) * 100) / 100
}
