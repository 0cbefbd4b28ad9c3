'use client'

import { type RefObject, useEffect } from 'react'

/** Marks the story as one that answers: what can do nothing without the script keeps its place, hidden, until then. */
export function Awake({ root }: { root: RefObject<HTMLElement | null> }) {
  useEffect(() => root.current?.setAttribute('data-awake', 'true'), [root])
  return null
}
