import { withBoundedBody } from '#lib/http/read-json.ts'
import { route } from '#lib/http/route.ts'
import { answerAuth } from '#lib/http/sign-in.ts'

/** Far more than an address and a password, or what a passkey signs, in bytes. */
const longestBody = 16 * 1024

const handle = route(async (asked) => {
  const request = await withBoundedBody(asked, longestBody)
  return request instanceof Response ? request : answerAuth(request)
})

export { handle as GET, handle as POST }
