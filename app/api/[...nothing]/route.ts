import { problem } from '#lib/http/problem.ts'

/** Every address under /api/ that is nothing else: programs want a problem document, not a page. */
async function nothing(): Promise<Response> {
  return problem('no-such-address', 'There is nothing at this address. /api/openapi.json lists what there is.')
}

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }
