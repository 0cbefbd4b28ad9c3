import type { ReactNode } from 'react'
import { z } from 'zod'
import form from './form.module.css'

/**
 * What is kept with the text of a change to a claim or a question: the version that it was begun on, and the one that it is sent for. They
 * part when somebody else's change came first and whoever writes has been told.
 */
export const factVersion = z.object({ begun: z.int(), version: z.int() })

export type FactVersion = z.infer<typeof factVersion>

export function beginOn(version: number): FactVersion {
  return { begun: version, version }
}

const versioned = z.object({ version: z.int() })

/** The version that there is now, as the server has told; the same as before if it hasn't. */
export function versionNow(current: unknown, before: number): number {
  return versioned.safeParse(current).data?.version ?? before
}

/** Says how it stands now, as long as that isn't what the change was begun on. */
export function Meanwhile({ begun, now, children }: { begun: number; now: number; children: ReactNode }) {
  if (begun === now) return null
  return (
    <div className={form.aside} role="status">
      <p>{children}</p>
    </div>
  )
}
