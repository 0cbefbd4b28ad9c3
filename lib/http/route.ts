import type { z } from 'zod'
import { type Action, type Permission, permit } from '#lib/accounts/permissions.ts'
import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller, Person } from '#lib/accounts/person.ts'
import { troubleIn } from '#lib/db/trouble.ts'
import { shownPath } from '#lib/log/shown-path.ts'
import type { Done, Newsroom, Refusal } from '#lib/newsroom/newsroom.ts'
import { runtime } from '#lib/runtime.ts'
import { problem, refused, tooManyTries } from './problem.ts'
import { idempotencyKey } from './queries.ts'
import { readJson } from './read-json.ts'
import { readUpload, type Upload } from './read-upload.ts'
import { takeWrite } from './write-limit.ts'

/** The parts of the address that a route's folders name in brackets. */
export type Parameters = Readonly<Record<string, string | string[]>>

type Context<Params extends Parameters> = { params: Promise<Params> }
type Handler<Params extends Parameters> = (request: Request, context: Context<Params>) => Promise<Response>

/** A route that answers a bug with a problem document, and tells of it in the log: both name the request, so that one is found by the other. */
export function route<Params extends Parameters>(handle: (request: Request, params: Params) => Promise<Response>): Handler<Params> {
  return async (request, { params }) => {
    try {
      return await handle(request, await params)
    } catch (error) {
      const trouble = troubleIn(error)
      const line = { err: error, method: request.method, path: shownPath(new URL(request.url).pathname) }
      runtime().log[trouble === 'away' ? 'warn' : 'error'](line, trouble === 'away' ? 'the database is away' : 'request failed')
      if (trouble === 'full') return problem('no-room', 'The disk is full, and nothing was written. Whoever runs the server can make room.')
      if (trouble === 'away') {
        return problem('database-away', 'Send it again, with the same Idempotency-Key if it had one: then it is done once.', {
          headers: { 'retry-after': '1' },
        })
      }
      return problem('failed', 'It has been written down. Nothing that was answered with success is lost; try again.', {
        requestId: request.headers.get('x-request-id') ?? undefined,
      })
    }
  }
}

type Write<Params> = { newsroom: Newsroom; caller: Caller; params: Params; request: Request }
type Result<Answer> = Done<Answer> | Refusal | Response

/**
 * A route that writes: who, parse, delegate, answer. Asks for a session before anything is read, so that a stranger learns
 * nothing about what would be valid; the command asks again, for the permission. Called in two steps, `writeRoute<Params>()(…)`,
 * so that the parameters are named and the rest is inferred.
 */
export function writeRoute<Params extends Parameters = Record<never, never>>() {
  return <Schema extends z.ZodType, Answer>(
    schema: Schema,
    command: (write: Write<Params> & { input: z.output<Schema> }) => Promise<Result<Answer>>,
    status: 200 | 201 | 204 = 200,
  ): Handler<Params> =>
    route(async (request, params: Params) => {
      const admitted = await admit(request)
      if (admitted instanceof Response) return admitted
      const read = await readJson(request, schema)
      if (read.kind === 'refused') return read.response
      return answer(await command({ ...admitted, input: read.value, params, request }), status)
    })
}

/**
 * As {@link writeRoute}, for a form with a picture in it; answers 201. The body is read once there is a slot for it, and held until the
 * command is done: that bounds the memory of all uploads together.
 */
export function uploadRoute<Answer>(
  command: (write: Write<Record<never, never>> & { upload: Upload }) => Promise<Result<Answer>>,
): Handler<Record<never, never>> {
  return route(async (request, params: Record<never, never>) => {
    const admitted = await admit(request)
    if (admitted instanceof Response) return admitted
    const done = await runtime().media.admitUpload(async () => {
      const read = await readUpload(request)
      return read.kind === 'refused' ? read.response : answer(await command({ ...admitted, upload: read.value, params, request }), 201)
    })
    return done instanceof Response ? done : refused(done)
  })
}

/** As {@link writeRoute}, for a call without a body; answers 204. */
export function bareWriteRoute<Params extends Parameters = Record<never, never>>() {
  return (command: (write: Write<Params>) => Promise<Result<null>>): Handler<Params> =>
    route(async (request, params: Params) => {
      const admitted = await admit(request)
      return admitted instanceof Response ? admitted : answer(await command({ ...admitted, params, request }), 204)
    })
}

type Read<Params> = { newsroom: Newsroom; caller: Caller; person: Person; params: Params; request: Request }
type ReadAnswer = Promise<object | Response | null>

/** A route that answers with what only some may see: who, permission, answer. Nobody keeps a copy on the way. */
export function privateRoute(action: Action, read: (asked: Read<Record<never, never>>) => ReadAnswer): Handler<Record<never, never>> {
  return permittedRoute((_newsroom, caller) => permit(caller, action), read)
}

/** The same of one story, for those who may do that in it: `person` has the role that they have there. Null is answered with 404. */
export function storyDeskRoute<Params extends Parameters & { slug: string }>(
  action: Action,
  read: (asked: Read<Params>) => ReadAnswer,
): Handler<Params> {
  return permittedRoute(({ store }, caller, { slug }) => permitInStory(store.storyPeople, caller, action, slug), read)
}

function permittedRoute<Params extends Parameters>(
  ask: (newsroom: Newsroom, caller: Caller, params: Params) => Permission | Promise<Permission>,
  read: (asked: Read<Params>) => ReadAnswer,
): Handler<Params> {
  return route(async (request, params: Params) => {
    const { newsroom, accounts } = runtime()
    const caller = await accounts.identify(request.headers)
    const permission = await ask(newsroom, caller, params)
    if (permission.kind !== 'permitted') return refused(permission)
    const found = await read({ newsroom, caller, person: permission.person, params, request })
    if (found instanceof Response) return found
    return found === null ? noSuchStory() : Response.json(found, { headers: { 'cache-control': 'no-store' } })
  })
}

/** A link's token, a name and a password, or an address, in bytes. */
const longestGuardedBody = 4 * 1024

type Open<Schema extends z.ZodType> = { newsroom: Newsroom; input: z.output<Schema>; request: Request }

/**
 * A route by which somebody who isn't signed in writes, with a secret that could be guessed: what is tried is counted by address
 * and, where `accountOf` names one, by account. Another site's page may not call it.
 */
export function guardedRoute<Schema extends z.ZodType, Answer>(
  schema: Schema,
  accountOf: (input: z.output<Schema>) => string,
  command: (asked: Open<Schema>) => Promise<Result<Answer>>,
  status: 200 | 202 = 200,
): Handler<Record<never, never>> {
  return route(async (request) => {
    const { newsroom, accounts } = runtime()
    if ((await accounts.identify(withoutCookie(request))).origin === 'foreign') return refused({ kind: 'foreign-origin' })
    const read = await readJson(request, schema, longestGuardedBody)
    if (read.kind === 'refused') return read.response
    const seconds = await accounts.tries.take(accountOf(read.value), { address: addressOf(request) })
    if (seconds > 0) return tooManyTries(seconds)
    return answer(await command({ newsroom, input: read.value, request }), status)
  })
}

/** Where a request comes from, as lib/server.ts has found it. */
export function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for') ?? ''
}

/** Whoever is signed in has nothing to do with it. */
function withoutCookie({ headers }: Request): Headers {
  const others = new Headers(headers)
  others.delete('cookie')
  return others
}

async function admit(request: Request): Promise<{ newsroom: Newsroom; caller: Caller } | Response> {
  const { newsroom, accounts } = runtime()
  const caller = await accounts.identify(request.headers)
  if (caller.person === null) return refused({ kind: 'sign-in-needed' })
  if (caller.origin === 'foreign') return refused({ kind: 'foreign-origin' })
  const seconds = await takeWrite(caller.person.id)
  if (seconds === 0) return { newsroom, caller }
  return problem('too-many', `Wait ${seconds} s before the next write.`, { headers: { 'retry-after': String(seconds) } })
}

function answer<Answer>(result: Result<Answer>, status: 200 | 201 | 202 | 204): Response {
  if (result instanceof Response) return result
  if (result.kind !== 'done') return refused(result)
  const headers = { 'cache-control': 'no-store' }
  return status === 204 ? new Response(null, { status, headers }) : Response.json(result.answer, { status, headers })
}

/** What everybody may read, the same for all: kept at the edge for a second, so that a crowd costs one request. */
export function publicJson(body: unknown): Response {
  return Response.json(body, { headers: { 'cache-control': 'public, max-age=0, s-maxage=1' } })
}

export function noSuchStory(): Response {
  return refused({ kind: 'no-such-story' })
}

/** The Idempotency-Key of a request, null if it has none; or what is wrong with it. */
export function idempotencyKeyOf(request: Request): { kind: 'key'; key: string | null } | Extract<Refusal, { kind: 'invalid' }> {
  const key = idempotencyKey.nullable().safeParse(request.headers.get('idempotency-key'))
  if (key.success) return { kind: 'key', key: key.data }
  return { kind: 'invalid', issues: key.error.issues.map(({ message }) => ({ path: 'Idempotency-Key', message })) }
}

export function noSuchPerson(): Response {
  return refused({ kind: 'no-such-person' })
}

/** The version in an If-Match header, bare or quoted as an entity tag; null if it holds none. */
export function matchedVersion(request: Request): number | null {
  const found = /^(?:W\/)?"?(\d{1,9})"?$/.exec(request.headers.get('if-match')?.trim() ?? '')
  return found ? Number(found[1]) : null
}
