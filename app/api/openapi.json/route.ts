import { openApi } from '#lib/http/openapi.ts'
import { publicJson, route } from '#lib/http/route.ts'
import { runtime } from '#lib/runtime.ts'

export const GET = route(async () => publicJson(openApi(runtime().addresses.publicUrl)))
