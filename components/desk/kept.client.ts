'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { z } from 'zod'

type Listener = { readonly hears: (name: string) => boolean; readonly tell: () => void }
const listeners = new Set<Listener>()

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
  for (const { hears, tell } of listeners) if (hears(name)) tell()
}

/** Calls back when something is written under such a name, in this tab or another, until what it answers is called. */
function subscribe(hears: (name: string) => boolean, tell: () => void): () => void {
  const listener = { hears, tell }
  // All names at once: the browser's storage was emptied.
  const onStorage = ({ key }: StorageEvent) => {
    if (key === null || hears(key)) tell()
  }
  listeners.add(listener)
  window.addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', onStorage)
  }
}

/** What this page wrote last under each name, so that a long text isn't read anew with each key that is pressed. */
const writtenLast = new Map<string, { readonly text: string; readonly value: unknown }>()

function parsed<Schema extends z.ZodType>(name: string, text: string, schema: Schema): z.output<Schema> | null {
  const last = writtenLast.get(name)
  // It was of that schema as it was written.
  if (last?.text === text) return last.value as z.output<Schema>
  try {
    const result = schema.safeParse(JSON.parse(text))
    if (!result.success) return null
    writtenLast.set(name, { text, value: result.data })
    return result.data
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** A value of that schema under that name, as it is in the browser now, whichever tab wrote it. */
export function keptValue<Schema extends z.ZodType>(name: string, schema: Schema) {
  return {
    /** Null if nothing is kept, or nothing of that schema. The same object as long as nothing else was written. */
    get(): z.output<Schema> | null {
      const text = read(name)
      return text === null ? null : parsed(name, text, schema)
    },
    set(next: z.output<Schema> | null) {
      const text = next === null ? null : JSON.stringify(next)
      if (text === null) writtenLast.delete(name)
      else writtenLast.set(name, { text, value: next })
      write(name, text)
    },
    isSafe: () => !unkept.has(name),
    subscribe: (tell: () => void) => subscribe((each) => each === name, tell),
  }
}

/**
 * Values of that schema, each under a name of its own, so that tabs which add and remove at the same time take nothing from
 * each other. `idOf` names one among them; `compare` puts them in order.
 */
export function keptList<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  idOf: (value: z.output<Schema>) => string,
  compare: (one: z.output<Schema>, other: z.output<Schema>) => number,
) {
  const prefix = `${name}.`
  let last: readonly z.output<Schema>[] = []
  return {
    /** In order. The same array as long as nothing has changed. */
    get(): readonly z.output<Schema>[] {
      const values = namesUnder(prefix).flatMap((each) => keptValue(each, schema).get() ?? [])
      const next = values.toSorted(compare)
      if (next.length !== last.length || next.some((value, index) => value !== last[index])) last = next
      return last
    },
    put: (value: z.output<Schema>) => keptValue(prefix + idOf(value), schema).set(value),
    remove: (id: string) => keptValue(prefix + id, schema).set(null),
    subscribe: (tell: () => void) => subscribe((each) => each.startsWith(prefix), tell),
  }
}

/** Keeps nothing any more under the names that this says yes to. */
export function dropKept(isOver: (name: string) => boolean): void {
  for (const name of namesUnder('staytuned.').filter(isOver)) {
    writtenLast.delete(name)
    write(name, null)
  }
}

function namesUnder(prefix: string): string[] {
  const names = new Set([...unkept.keys()].filter((name) => name.startsWith(prefix)))
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const name = localStorage.key(index)
      if (name?.startsWith(prefix)) names.add(name)
    }
  } catch {
    // This browser keeps nothing.
  }
  return [...names]
}

export type Kept<Value> = {
  /** Null if nothing is kept, and while the page is as the server made it. */
  readonly value: Value | null
  /** False if a reload would lose it. */
  readonly isSafe: boolean
  readonly keep: (value: Value | null) => void
  /** What is kept now, also where the page hasn't been drawn since. */
  readonly current: () => Value | null
}

/**
 * A value under that name which outlives a reload and a crash of the browser, the same in all its tabs. What is there but
 * isn't of that schema counts as nothing.
 */
export function useKept<Schema extends z.ZodType>(name: string, schema: Schema): Kept<z.output<Schema>> {
  const kept = useMemo(() => keptValue(name, schema), [name, schema])
  const value = useSyncExternalStore(kept.subscribe, kept.get, () => null)
  const isSafe = useSyncExternalStore(kept.subscribe, kept.isSafe, () => true)
  return { value, isSafe, keep: kept.set, current: kept.get }
}
