import { noSuchAddress } from '#lib/http/problem.ts'

/** Every address under /api/ that is nothing else: programs want a problem document, not a page. */
async function nothing(): Promise<Response> {
  return noSuchAddress()
}

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }
