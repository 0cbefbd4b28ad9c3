import { readHealth } from '#lib/reading/read-health.ts'
import { runtime } from '#lib/runtime.ts'

export async function GET(): Promise<Response> {
  const { env, newsroom } = runtime()
  const health = await readHealth(newsroom.store, env.STAYTUNED_ROLE)
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
