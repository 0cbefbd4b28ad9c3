import type { z } from 'zod'
import { type Failure, isProblem } from './desk-api.client.ts'
import { type FactVersion, versionNow } from './fact-version.tsx'
import { useKept } from './kept.client.ts'

/**
 * What is typed to change a claim or a question, kept in the browser under that name until it is sent; and what a form does with it: once
 * the server has told of another version, the next try is for that, which whoever writes has then seen.
 */
export function useFactForm<Text extends FactVersion>(name: string, schema: z.ZodType<Text>, begin: () => Text) {
  const { value, keep } = useKept(name, schema)
  const text = value ?? begin()
  return {
    text,
    keep,
    sending: {
      onFailure(failure: Failure) {
        if (isProblem(failure, 'stale')) keep({ ...text, version: versionNow(failure.problem.current, text.version) })
      },
      onDone: () => keep(null),
    },
  }
}
