'use client'

import { store, stored } from '#components/ui/preference.client.ts'
import type { Left } from '#lib/story/reading.ts'

/** Where a reader left a story, as this browser keeps it. */
type KeptLeft = Left & { readonly epoch: number }

const keyOf = (slug: string) => `staytuned.left.${slug}`

export function keepLeft(slug: string, left: KeptLeft): void {
  store(keyOf(slug), JSON.stringify(left))
}

export function keptLeft(slug: string): KeptLeft | null {
  const text = stored(keyOf(slug))
  if (text === null) return null
  try {
    const { epoch, seq, at }: Partial<KeptLeft> = JSON.parse(text)
    return typeof epoch === 'number' && typeof seq === 'number' && typeof at === 'number' ? { epoch, seq, at } : null
  } catch {
    // Not ours, or of a version that wrote it in another way: as if nothing had been kept.
    return null
  }
}
