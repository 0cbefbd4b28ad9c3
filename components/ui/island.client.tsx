'use client'

import { type ReactNode, startTransition, useEffect, useRef } from 'react'
import { hydrateRoot } from 'react-dom/client'

/**
 * What is in it comes to life on its own, in pieces of a few milliseconds between which the page can answer. The router's own
 * way is all at once, and a long timeline would keep a phone from scrolling meanwhile. It is another root: contexts from
 * outside end here.
 */
export function Island({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null)
  const content = useRef(children)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const root = startedInTransition(() => hydrateRoot(current, content.current))
    return () => root.unmount()
  }, [])
  if (typeof window === 'undefined') return <div>{children}</div>
  // To the page around it this is a box with something in it that the server put there.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set; what is there stays.
  return <div ref={element} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
}

function startedInTransition<Value>(start: () => Value): Value {
  let started: { value: Value } | undefined
  startTransition(() => {
    started = { value: start() }
  })
  if (!started) throw new Error('a transition starts at once')
  return started.value
}
