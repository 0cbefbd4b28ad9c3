const dayMs = 24 * 3600_000
/** RFC 9116 recommends less than a year. */
const validDays = 180

/**
 * Returns the text of /.well-known/security.txt (RFC 9116): where to report a vulnerability. It is made anew for each request, so it never
 * expires while the server runs. The RFC allows web addresses by https only, so an http site names none as its canonical one.
 */
export function securityTxt(contact: string, publicUrl: string, now: Date): string {
  const expires = new Date(Math.floor(now.getTime() / dayMs) * dayMs + validDays * dayMs)
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en',
    ...(publicUrl.startsWith('https:') ? [`Canonical: ${publicUrl}/.well-known/security.txt`] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
