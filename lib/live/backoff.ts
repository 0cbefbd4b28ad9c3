const firstMs = 500
const longestMs = 10_000

/**
 * How long to wait before the `failure`th try (from 1), in ms: full jitter, anywhere between nothing and a bound that
 * doubles up to 10 s. When a server goes away with ten thousand sockets, they come back spread over the whole of it, and all within it.
 */
export function retryDelay(failure: number, random: number): number {
  const bound = Math.min(longestMs, firstMs * 2 ** Math.min(failure - 1, 16))
  return random * bound
}
