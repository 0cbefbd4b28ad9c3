import { noSuchAddress } from '#lib/http/problem.ts'
import { route } from '#lib/http/route.ts'
import { securityTxt } from '#lib/http/security-txt.ts'
import { runtime } from '#lib/runtime.ts'

export const GET = route(async () => {
  const { env, addresses, newsroom } = runtime()
  if (env.STAYTUNED_SECURITY_CONTACT === undefined) return noSuchAddress()
  return new Response(securityTxt(env.STAYTUNED_SECURITY_CONTACT, addresses.publicUrl, newsroom.now()), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
})
