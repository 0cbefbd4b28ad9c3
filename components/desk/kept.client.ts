'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { z } from 'zod'

const listeners = new Set<() => void>()

/** What the browser refused to keep (it is full, or keeps nothing in private windows): there until the page is left. */
const unkept = new Map<string, string>()

function read(name: string): string | null {
  try {
    return unkept.get(name) ?? localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name)
    else localStorage.setItem(name, text)
    unkept.delete(name)
  } catch {
    if (text === null) unkept.delete(name)
    else unkept.set(name, text)
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export type Kept<Value> = {
  /** Null if nothing is kept, and while the page is as the server made it. */
  readonly value: Value | null
  /** False if a reload would lose it. */
  readonly isSafe: boolean
  readonly keep: (value: Value | null) => void
}

/**
 * A value under that name which outlives a reload and a crash of the browser, the same in all its tabs. What is there but
 * isn't of that schema counts as nothing.
 */
export function useKept<Schema extends z.ZodType>(name: string, schema: Schema): Kept<z.output<Schema>> {
  const text = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => null,
  )
  const isSafe = useSyncExternalStore(
    subscribe,
    () => !unkept.has(name),
    () => true,
  )
  const value = useMemo(() => (text === null ? null : parsed(text, schema)), [text, schema])
  return { value, isSafe, keep: (next) => write(name, next === null ? null : JSON.stringify(next)) }
}

function parsed<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> | null {
  try {
    const result = schema.safeParse(JSON.parse(text))
    return result.success ? result.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
