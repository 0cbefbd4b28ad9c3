import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Returns the value of a cookie that the accounts library has signed; null if there is none, or its signature is wrong. Reads the header as
 * the library does: of several cookies with exactly that name the first, without spaces around it and quotes. If the two
 * disagreed, somebody could show one cookie to us and another to the library. Costs one HMAC.
 */
export function readSignedCookie(header: string | null | undefined, name: string, secret: string): string | null {
  const value = cookieIn(header ?? '', name)
  if (value === null) return null
  const end = value.lastIndexOf('.')
  if (end < 1) return null
  const [text, signature] = [value.slice(0, end), value.slice(end + 1)]
  return isSignature(signature, text, secret) ? text : null
}

/** A cookie without `=` isn't one, but what follows a `;` within it is. */
function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=')
    if (equals === -1 || part.slice(0, equals).trim() !== name) continue
    const value = part.slice(equals + 1).trim()
    return decoded(value.startsWith('"') ? value.slice(1, -1) : value)
  }
  return null
}

function decoded(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    // The library takes what isn't encoded as it is.
    return value
  }
}

function isSignature(signature: string, text: string, secret: string): boolean {
  // Buffer reads more alphabets than the library does.
  if (!/^[A-Za-z\d+/]{43}=$/.test(signature)) return false
  const given = Buffer.from(signature, 'base64')
  const expected = hmac(text, secret)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function hmac(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}
