/** What a notice says; null for what is no JSON: whoever may use the database may say anything on a channel. */
export function readNotice(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return null
  }
}
