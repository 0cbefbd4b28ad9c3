import { ifMatchNeeded, refused } from '#lib/http/problem.ts'
import { bareWriteRoute, matchedVersion, publicJson, route, writeRoute } from '#lib/http/route.ts'
import { discardDraft } from '#lib/newsroom/discard-draft.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { readUpdate } from '#lib/reading/read-update.ts'
import { runtime } from '#lib/runtime.ts'
import { isPinAlone, updateChanges } from '#lib/story/update.ts'

type Params = { slug: string; id: string }

export const GET = route(async (_request, { slug, id }: Params) => {
  const found = await readUpdate(runtime().newsroom.store, slug, id)
  return found ? publicJson(found.update) : refused({ kind: 'no-such-update' })
})

export const PATCH = writeRoute<Params>()(updateChanges, async ({ newsroom, caller, input, params: { slug, id }, request }) => {
  // Pinning doesn't touch what the update says, so it needs no version.
  if (isPinAlone(input)) return pinUpdate(newsroom, caller, slug, id, input.pinned)
  const version = matchedVersion(request)
  if (version === null) return ifMatchNeeded()
  return reviseUpdate(newsroom, caller, slug, id, version, input)
})

export const DELETE = bareWriteRoute<Params>()(({ newsroom, caller, params: { slug, id } }) => discardDraft(newsroom, caller, slug, id))
