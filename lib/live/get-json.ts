export const answerWithinMs = 10_000

/** The JSON at that address; `gone` for 404; null if there's no answer, or none that is of use. */
export async function getJson(url: string): Promise<{ value: unknown } | 'gone' | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) })
    if (response.status === 404) return 'gone'
    return response.ok ? { value: await response.json() } : null
  } catch {
    // No network, no answer in time, or half an answer: all the same to whoever asks, who will ask again.
    return null
  }
}
