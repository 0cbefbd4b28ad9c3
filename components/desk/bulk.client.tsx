'use client'

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { BulkBar } from './bulk-bar.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import styles from './entry-list.module.css'
import { type BulkList, offered, type Selectable } from './selectable.ts'
import { mayAct, TicksContext, useSelection } from './selection.client.tsx'
import { useBulk } from './use-bulk.client.ts'

type Props = {
  chosen: string
  /** What stands in each, newest first. */
  lists: Readonly<Record<BulkList, readonly Selectable[]>>
  children: ReactNode
}

/**
 * Around the lists: lets somebody select several entries of one and do something with all of them. What was begun goes on, and
 * says how far it is, while another list is looked at.
 */
export function Bulk({ chosen, lists, children }: Props) {
  const t = useTranslations('desk.bulk')
  const { personId, can } = useDesk()
  const { selection, begin, end, choose, remove, tick } = useSelection()
  const bulk = useBulk(remove)
  const button = useRef<HTMLButtonElement>(null)
  const isRunning = bulk.run !== null && bulk.run.state !== 'ended'
  const here = (['published', 'queue', 'drafts', 'scheduled'] as const).find((each) => each === chosen)
  // Another list begins with nothing selected.
  const list = selection && (selection.list === here || isRunning) ? selection.list : null
  const isHere = list !== null && list === here
  const able = (each: BulkList) => lists[each].filter((entry) => !('authorId' in entry) || mayAct(entry, personId, can))
  const most = list ? able(list) : []
  const order = most.map(({ id }) => id)
  const start = (each: BulkList) => {
    bulk.clear()
    begin(each)
  }
  const leave = () => {
    end()
    bulk.clear()
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A window above the list closes by itself.
    if (event.key !== 'Escape' || !isHere || isRunning || !(event.target instanceof Node && event.currentTarget.contains(event.target))) return
    event.preventDefault()
    leave()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape does what the button does.
    <div onKeyDown={onKeyDown}>
      {here && (isHere || (offered(here, can).length > 0 && able(here).length > 0)) && (
        <div className={styles.tools}>
          <Button ref={button} look="quiet" isBusy={isRunning} onClick={() => (isHere ? leave() : start(here))}>
            {t(isHere ? 'end' : 'begin')}
          </Button>
        </div>
      )}
      <TicksContext
        value={
          isHere
            ? {
                isBusy: isRunning,
                has: (id) => selection?.ids.has(id) ?? false,
                canTick: (id) => order.includes(id),
                tick: (id, isTicked, isRange) => tick(order, id, isTicked, isRange),
              }
            : null
        }
      >
        {children}
      </TicksContext>
      {list && (
        <BulkBar
          list={list}
          selected={most.filter(({ id }) => selection?.ids.has(id))}
          most={most.length}
          bulk={bulk}
          onAll={() => choose(order)}
          onNone={() => choose([])}
          onDone={leave}
        />
      )}
    </div>
  )
}
