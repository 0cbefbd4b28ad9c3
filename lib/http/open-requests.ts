import type { ServerResponse } from 'node:http'

/** What is being answered as the process is to end has this long, in ms. */
const answeredWithinMs = 5_000

/** Knows which requests are being answered. */
export function openRequests() {
  const open = new Set<ServerResponse>()
  let onNone = () => {}
  return {
    count(response: ServerResponse) {
      open.add(response)
      response.once('close', () => {
        open.delete(response)
        if (open.size === 0) onNone()
      })
    },
    /** Once all are answered, or had their time. */
    async over() {
      if (open.size === 0) return
      await Promise.race([
        new Promise<void>((resolve) => {
          onNone = resolve
        }),
        new Promise((resolve) => setTimeout(resolve, answeredWithinMs).unref()),
      ])
    },
  }
}
