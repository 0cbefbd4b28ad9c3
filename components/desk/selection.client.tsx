'use client'

import { type ChangeEvent, createContext, useContext, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Powers } from '#lib/story/desk.ts'
import type { Draft } from '#lib/story/draft.ts'
import styles from './entry-list.module.css'
import type { BulkList } from './selectable.ts'

type Selection = {
  /** The list in which it is made. */
  readonly list: BulkList
  readonly ids: ReadonlySet<string>
  /** What was ticked or unticked last: where a range begins. */
  readonly last: string | null
}

/** Some of the entries of a list, which something can be done with together. */
export function useSelection() {
  const [selection, setSelection] = useState<Selection | null>(null)
  const change = (next: (now: Selection) => Partial<Selection>) => setSelection((now) => now && { ...now, ...next(now) })
  return {
    selection,
    begin: (list: BulkList) => setSelection({ list, ids: new Set(), last: null }),
    end: () => setSelection(null),
    choose: (ids: readonly string[]) => change(() => ({ ids: new Set(ids) })),
    remove: (id: string) => change(({ ids }) => ({ ids: new Set([...ids].filter((each) => each !== id)) })),
    /** Ticks it or unticks it, with all between it and the last one if `isRange`. `order` is that of the list. */
    tick(order: readonly string[], id: string, isTicked: boolean, isRange: boolean) {
      change(({ ids, last }) => {
        const range = isRange && last !== null ? between(order, last, id) : [id]
        return { ids: new Set(isTicked ? [...ids, ...range] : [...ids].filter((each) => !range.includes(each))), last: id }
      })
    },
  }
}

function between(order: readonly string[], one: string, other: string): readonly string[] {
  const [from, to] = [order.indexOf(one), order.indexOf(other)].toSorted((a, b) => a - b)
  return from === undefined || from === -1 ? [other] : order.slice(from, (to ?? from) + 1)
}

type Ticks = {
  /** Something is being done with what is selected. */
  readonly isBusy: boolean
  readonly has: (id: string) => boolean
  readonly canTick: (id: string) => boolean
  readonly tick: (id: string, isTicked: boolean, isRange: boolean) => void
}

/** For the rows of a list in which something is being selected; null in any other. */
export const TicksContext = createContext<Ticks | null>(null)

export function useIsSelecting(): boolean {
  return useContext(TicksContext) !== null
}

/** The box by which a row is selected; with Shift, all from the last one to it. */
export function Tick({ id, title }: { id: string; title: string }) {
  const t = useTranslations('desk.bulk')
  const ticks = useContext(TicksContext)
  if (!ticks?.canTick(id)) return null
  // A press of the space bar comes as a click too, with the keys that were held down.
  const onChange = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) =>
    ticks.tick(id, target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
  return (
    <label className={styles.tick}>
      <input type="checkbox" disabled={ticks.isBusy} checked={ticks.has(id)} onChange={onChange} aria-label={t('box', { title })} />
    </label>
  )
}

/** Whether somebody may do something with a draft as a whole: an editor with any, a contributor with their own until an editor has given it a time. */
export function mayAct({ authorId, publishAt }: Pick<Draft, 'authorId' | 'publishAt'>, personId: string, can: Powers): boolean {
  return can.revises || (authorId === personId && publishAt === null)
}
