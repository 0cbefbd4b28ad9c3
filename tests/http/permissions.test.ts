import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { type Answer, ApiClient } from '../api-client.ts'
import { anyKind, migrations } from '../databases.ts'
import { solid } from '../media/a-picture.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { addColleagues, colleagues } from '../people.ts'
import { type RunningServer, startServer } from '../running-server.ts'

// Every call of the API, tried by everybody: each answer is what the sentences of lib/accounts/permissions.ts say.

let own: OwnSettings
let server: RunningServer
let admin: ApiClient
const callers = new Map<string, ApiClient>()
let pictureId = ''
let guestId = ''
let ended: ApiClient
/** What refused calls are tried on, which leave it as it was for the next one: a scene for each writer, and one for all others. */
const scenes = new Map<string, Scene>()

/** What a call is tried on: all of it made anew for each try, so that none finds what another left. */
type Scene = {
  story: string
  claim: string
  question: string
  update: string
  draft: string
  submitted: string
  own: string
  personId: string
  pictureId: string
}

type Call = {
  readonly may: readonly string[]
  /** What those are answered who may, where it isn't success: with a secret that is wrong, or for what isn't there. */
  readonly otherwise?: number
  /** It changes nothing, whoever asks. */
  readonly isRead?: true
  /** Which parts of a scene it is tried on; all, if it doesn't say. */
  readonly parts?: ReadonlySet<string>
  readonly send: (client: ApiClient, scene: Scene, headers: Record<string, string>) => Promise<Answer>
}

/** The parts of a scene that a path names. */
function partsIn(path: (scene: Scene) => string): ReadonlySet<string> {
  const named = new Set<string>()
  // Only asked for its parts, which are written down here.
  path(new Proxy({} as Scene, { get: (_, part) => void named.add(String(part)) }))
  return named
}

const everybody = ['nobody', 'guest', 'contributor of another story', 'contributor', 'contributor of this story', 'editor', 'admin']
const signedIn = everybody.slice(1)
const writers = ['contributor', 'contributor of this story', 'editor', 'admin']
const editors = ['editor', 'admin']
const admins = ['admin']
const nothingHere = '01900000-0000-7000-8000-000000000000'

const aDevice = '01900000-0000-7000-8000-00000000000d'

const inStory = (path: string) => (scene: Scene) => `/api/stories/${scene.story}${path}`
const get = (path: (scene: Scene) => string, may: readonly string[]): Call => ({
  may,
  isRead: true,
  parts: partsIn(path),
  send: (client, scene, headers) => client.send('GET', path(scene), undefined, headers),
})
const write = (method: string, path: (scene: Scene) => string, body: unknown, may: readonly string[], more: Record<string, string> = {}): Call => ({
  may,
  parts: partsIn(path),
  send: (client, scene, headers) => client.send(method, path(scene), body, { ...more, ...headers }),
})
const updates = inStory('/updates')
/** One's own, whoever one is; nobody has none. */
const unsent = async (client: ApiClient, scene: Scene, path: string) => `${inStory(`/unsent${path}`)(scene)}?personId=${await idOf(client)}`
const version = { 'if-match': '1' }

/** By the operation's id in the OpenAPI document, and where one call does several things, by what it does. */
const calls: Record<string, Call> = {
  getHealth: get(() => '/api/health', everybody),
  listStories: get(() => '/api/stories', everybody),
  openStory: write('POST', () => '/api/stories', { headline: 'Another' }, editors),
  getStory: get(inStory(''), everybody),
  reviseStory: write('PATCH', inStory(''), { headline: 'Revised' }, editors),
  listUpdates: get(updates, everybody),
  publishUpdate: write('POST', updates, { body: 'x' }, editors),
  'publishUpdate: held': write('POST', updates, { body: 'x', hold: 30 }, editors),
  'publishUpdate: scheduled': write('POST', updates, { body: 'x', status: 'draft', publishAt: '9998-01-01T00:00:00Z' }, editors),
  'publishUpdate: a draft': write('POST', updates, { body: 'x', status: 'draft' }, writers),
  'publishUpdate: submitted': write('POST', updates, { body: 'x', status: 'submitted' }, writers),
  getUpdate: get((scene) => `${updates(scene)}/${scene.update}`, everybody),
  reviseUpdate: write('PATCH', (scene) => `${updates(scene)}/${scene.update}`, { body: 'y' }, editors, version),
  'reviseUpdate: corrects': write(
    'PATCH',
    (scene) => `${updates(scene)}/${scene.update}`,
    { body: 'y', correction: { note: 'z' } },
    editors,
    version,
  ),
  'reviseUpdate: pins': write('PATCH', (scene) => `${updates(scene)}/${scene.update}`, { pinned: true }, editors),
  'reviseUpdate: an editor’s draft': write('PATCH', (scene) => `${updates(scene)}/${scene.draft}`, { body: 'y' }, editors, version),
  'reviseUpdate: one’s own draft': write('PATCH', (scene) => `${updates(scene)}/${scene.own}`, { body: 'y' }, writers, version),
  'reviseUpdate: schedules one’s own draft': write(
    'PATCH',
    (scene) => `${updates(scene)}/${scene.own}`,
    { publishAt: '9998-01-01T00:00:00Z' },
    editors,
    version,
  ),
  'reviseUpdate: publishes one’s own draft': write('PATCH', (scene) => `${updates(scene)}/${scene.own}`, { status: 'published' }, editors, version),
  discardDraft: write('DELETE', (scene) => `${updates(scene)}/${scene.draft}`, undefined, editors),
  'discardDraft: one’s own': write('DELETE', (scene) => `${updates(scene)}/${scene.own}`, undefined, writers),
  withdrawUpdate: write('POST', (scene) => `${updates(scene)}/${scene.update}/withdraw`, { notice: 'x' }, editors),
  sendDraftBack: write('POST', (scene) => `${updates(scene)}/${scene.submitted}/send-back`, { note: 'x' }, editors),
  getHistory: get((scene) => `${updates(scene)}/${scene.update}/history`, writers),
  getDesk: get(inStory('/desk'), writers),
  listUnsent: {
    may: writers,
    isRead: true,
    send: async (client, scene, headers) => client.send('GET', await unsent(client, scene, ''), undefined, headers),
  },
  keepUnsent: {
    may: writers,
    send: async (client, scene, headers) => {
      const body = { personId: await idOf(client), text: { title: 'Mine' } }
      return client.send('PUT', inStory(`/unsent/${aDevice}`)(scene), body, headers)
    },
  },
  dropUnsent: {
    may: writers,
    send: async (client, scene, headers) => client.send('DELETE', await unsent(client, scene, `/${aDevice}`), undefined, headers),
  },
  makeClaim: write('POST', inStory('/claims'), { statement: 'x', claimant: { name: 'y' } }, editors),
  reviseClaim: write('PATCH', (scene) => inStory(`/claims/${scene.claim}`)(scene), { statement: 'z' }, editors, version),
  assessClaim: write(
    'POST',
    (scene) => inStory(`/claims/${scene.claim}/assessments`)(scene),
    { standing: 'disputed', reason: 'z' },
    editors,
    version,
  ),
  withdrawClaim: write('POST', (scene) => inStory(`/claims/${scene.claim}/withdraw`)(scene), { notice: 'z' }, editors, version),
  raiseQuestion: write('POST', inStory('/questions'), { text: 'x?' }, editors),
  reviseQuestion: write('PATCH', (scene) => inStory(`/questions/${scene.question}`)(scene), { text: 'z?' }, editors, version),
  answerQuestion: write(
    'POST',
    (scene) => inStory(`/questions/${scene.question}/answers`)(scene),
    { state: 'answered', note: 'z' },
    editors,
    version,
  ),
  withdrawQuestion: write('POST', (scene) => inStory(`/questions/${scene.question}/withdraw`)(scene), { notice: 'z' }, editors, version),
  writeNote: write('POST', inStory('/notes'), { text: 'x' }, writers),
  listStoryPeople: get(inStory('/people'), editors),
  choosePerson: write('PUT', (scene) => `/api/stories/${scene.story}/people/${scene.personId}`, { role: 'editor' }, editors),
  catchUp: get(inStory('/events?epoch=1&after=0'), everybody),
  getLog: get(inStory('/log'), everybody),
  exportStory: get(inStory('/archive'), editors),
  listErasable: get(inStory('/erasures'), admins),
  eraseHistory: {
    may: admins,
    send: (client, scene, headers) => {
      const order = { updates: [scene.update], reason: 'x', confirm: scene.story }
      return client.send('POST', `/api/stories/${scene.story}/erasures`, order, headers)
    },
  },
  checkErasure: write('POST', inStory('/erasures/check'), { words: 'Published long ago.' }, admins),
  countChanges: get(inStory('/changes?epoch=1&after=0'), everybody),
  // A guest who was added to no story has nothing to use one for.
  addPicture: {
    may: signedIn.filter((who) => who !== 'guest'),
    send: async (client, _, headers) => client.upload(await solid(4, 4).jpeg().toBuffer(), headers),
  },
  listPictures: get(() => '/api/media', signedIn),
  describePicture: write('PATCH', (scene) => `/api/media/${scene.pictureId}`, { alt: 'A blue square' }, editors),
  'describePicture: one’s own': {
    may: signedIn.filter((who) => who !== 'guest'),
    send: async (client, scene, headers) => {
      const own = await client.upload(await solid(4, 4).jpeg().toBuffer())
      return client.send('PATCH', `/api/media/${own.status === 201 ? (own.body as { id: string }).id : scene.pictureId}`, { alt: 'Mine' }, headers)
    },
  },
  listPeople: get(() => '/api/people', admins),
  changePerson: write('PATCH', (scene) => `/api/people/${scene.personId}`, { name: colleagues.stringer.name }, admins),
  makeResetLink: write('POST', (scene) => `/api/people/${scene.personId}/password-reset`, {}, admins),
  listInvitations: get(() => '/api/invitations', admins),
  invite: write('POST', () => '/api/invitations', { email: 'somebody@example.org', role: 'contributor' }, admins),
  withdrawInvitation: { ...write('DELETE', () => `/api/invitations/${nothingHere}`, undefined, admins), otherwise: 404 },
  acceptInvitation: {
    ...write('POST', () => '/api/invitations/accept', { token: 'x'.repeat(43), name: 'X', password: 'a-password-of-mine' }, everybody),
    otherwise: 410,
  },
  askForReset: { ...write('POST', () => '/api/password-resets', { email: 'somebody@example.org' }, everybody), otherwise: 409 },
  resetPassword: {
    ...write('POST', () => '/api/password-resets/use', { token: 'x'.repeat(43), password: 'a-password-of-mine' }, everybody),
    otherwise: 410,
  },
  getAccount: get(() => '/api/account', signedIn),
  renameSelf: {
    may: signedIn,
    send: async (client, _, headers) => {
      const { name } = (await client.send('GET', '/api/account')).body as { name?: string }
      return client.send('PATCH', '/api/account', { name: name ?? 'X' }, headers)
    },
  },
  changeOwnPassword: {
    ...write('POST', () => '/api/account/password', { currentPassword: 'not-the-password', newPassword: 'a-password-of-mine' }, signedIn),
    otherwise: 422,
  },
  endOtherSessions: write('DELETE', () => '/api/account/sessions', undefined, signedIn),
  endSession: { ...write('DELETE', () => `/api/account/sessions/${nothingHere}`, undefined, signedIn), otherwise: 404 },
  readAudit: get(() => '/api/audit', admins),
  exportAudit: get(() => '/api/audit/export?format=csv', admins),
  getSession: get(() => '/api/auth/get-session', everybody),
  getPicture: get((scene) => `/media/${scene.pictureId}/320.webp`, everybody),
}
/** What the accounts library answers, with an account's secrets: tried with them in people.test.ts; here by those who have none. */
const ofLibrary: Record<string, readonly [method: string, path: string, body: unknown]> = {
  beginTwoFactor: ['POST', '/api/auth/two-factor/enable', { password: 'x' }],
  verifyCode: ['POST', '/api/auth/two-factor/verify-totp', { code: '123456' }],
  verifyBackupCode: ['POST', '/api/auth/two-factor/verify-backup-code', { code: 'x' }],
  makeBackupCodes: ['POST', '/api/auth/two-factor/generate-backup-codes', { password: 'x' }],
  turnTwoFactorOff: ['POST', '/api/auth/two-factor/disable', { password: 'x' }],
  beginPasskey: ['POST', '/api/auth/passkey/generate-register-options', { password: 'x' }],
  addPasskey: ['POST', '/api/auth/passkey/verify-registration', { response: {} }],
  renamePasskey: ['POST', '/api/auth/passkey/update-passkey', { id: 'x', name: 'x' }],
  removePasskey: ['POST', '/api/auth/passkey/delete-passkey', { id: 'x', password: 'x' }],
}
/** These are how somebody becomes somebody: tried where signing in is. */
const tried = new Set(['signIn', 'signOut', 'beginPasskeySignIn', 'signInWithPasskey', ...Object.keys(ofLibrary)])

beforeAll(async () => {
  own = await ownSettings(anyKind)
  const store = await openStore(await openDatabase(own.settings.DATABASE_URL, own.data), migrations)
  await addColleagues(store)
  await store.close()
  server = await startServer(own.settings)
  admin = await ApiClient.signedIn(server.url)
  callers.set('nobody', new ApiClient(server.url))
  callers.set('admin', admin)
  for (const [name, person] of [
    ['editor', colleagues.editor],
    ['contributor', colleagues.contributor],
    ['guest', colleagues.guest],
    ['contributor of another story', colleagues.stringer],
    ['contributor of this story', colleagues.local],
  ] as const) {
    callers.set(name, await ApiClient.signedIn(server.url, person))
  }
  pictureId = ((await admin.upload(await solid(640, 400).jpeg().toBuffer())).body as { id: string }).id
  // Whoever is given a role in a story: the other guest must have none.
  guestId = await idOf(callers.get('contributor of another story') ?? admin)
  ended = await ApiClient.signedIn(server.url, colleagues.editor)
  await ended.send('POST', '/api/auth/sign-out', {})
  const elsewhere = await admin.openStory()
  const stringer = callers.get('contributor of another story')
  if (stringer) await giveRole(elsewhere, stringer)
})
afterAll(async () => {
  await server?.stop()
  await own?.drop()
})

async function idOf(client: ApiClient): Promise<string> {
  const { body } = (await client.send('GET', '/api/auth/get-session')) as { body: { user?: { id: string } } | null }
  return body?.user?.id ?? ''
}

async function giveRole(story: string, person: ApiClient): Promise<void> {
  expect((await admin.send('PUT', `/api/stories/${story}/people/${await idOf(person)}`, { role: 'contributor' })).status).toBe(204)
}

/** A scene of its own for one try, with those parts; the others are nothing. */
async function setScene(name: string, client: ApiClient, parts?: ReadonlySet<string>): Promise<Scene> {
  const story = await admin.openStory()
  if (name === 'contributor of this story') await giveRole(story, client)
  const idIn = (answer: Answer) => (answer.body as { id: string }).id
  // Whoever may write has a draft of their own; for the others it is somebody else's.
  const author = writers.includes(name) ? client : admin
  const make = async (part: keyof Scene, made: () => Promise<Answer>) => (!parts || parts.has(part) ? idIn(await made()) : nothingHere)
  const [claim, question, update, draft, submitted, own] = await Promise.all([
    make('claim', () => admin.send('POST', `/api/stories/${story}/claims`, { statement: 'x', claimant: { name: 'y' } })),
    make('question', () => admin.send('POST', `/api/stories/${story}/questions`, { text: 'x?' })),
    make('update', () => admin.publish(story, 'Published.')),
    make('draft', () => admin.publish(story, 'Not yet.', { status: 'draft' })),
    make('submitted', () => admin.publish(story, 'Look at it.', { status: 'submitted' })),
    make('own', () => author.publish(story, 'Mine.', { status: 'draft' })),
  ])
  return { story, claim, question, update, draft, submitted, own, personId: guestId, pictureId }
}

async function keptScene(name: string, client: ApiClient): Promise<Scene> {
  const key = writers.includes(name) ? name : 'no writer'
  const scene = scenes.get(key) ?? (await setScene(name, client))
  scenes.set(key, scene)
  return scene
}

/** All that a refused call must leave as it was. */
async function stateOf({ story }: Scene): Promise<string> {
  const { view, drafts, notes, withdrawn } = (await admin.send('GET', `/api/stories/${story}/desk`)).body as Record<string, unknown>
  const people = (await admin.send('GET', `/api/stories/${story}/people`)).body
  return JSON.stringify({ view, drafts, notes, withdrawn, people })
}

const states = new Map<Scene, string>()

/** Notes how a scene stands unless that is known: from then on only refused calls and reads are tried on it. */
async function noteState(scene: Scene): Promise<void> {
  if (!states.has(scene)) states.set(scene, await stateOf(scene))
}

async function expectUntouched(scene: Scene): Promise<void> {
  expect(await stateOf(scene)).toBe(states.get(scene))
}

describe('who may call what', () => {
  test('is said of every call that the API has', async () => {
    const { paths } = (await admin.send('GET', '/api/openapi.json')).body as { paths: Record<string, Record<string, { operationId: string }>> }
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    const said = new Set([...tried, ...Object.keys(calls).map((name) => name.replace(/:.*/, ''))])
    expect(operations.filter((each) => !said.has(each))).toEqual([])
  })

  test.each(Object.entries(calls))('%s', async (_, { may, otherwise, isRead, parts, send }) => {
    const [allowed, refused] = [true, false].map((isAllowed) => [...callers].filter(([name]) => may.includes(name) === isAllowed))
    const attacked = new Set<Scene>()
    for (const [name, client] of refused ?? []) {
      const scene = await keptScene(name, client)
      attacked.add(scene)
      await noteState(scene)
      const { status, body } = await send(client, scene, {})
      expect({ name, status }).toEqual({ name, status: name === 'nobody' ? 401 : 403 })
      expect(body).toMatchObject({ type: expect.stringMatching(/^urn:staytuned:problem:(sign-in-needed|forbidden)$/), detail: expect.any(String) })
    }
    for (const scene of attacked) await expectUntouched(scene)

    for (const [name, client] of allowed ?? []) {
      const { status, body } = await send(client, isRead ? await keptScene(name, client) : await setScene(name, client, parts), {})
      expect({ name, status, body }).toMatchObject({ name, status: otherwise ?? expect.toSatisfy((code: number) => code >= 200 && code < 300) })
    }
  })

  const writes = Object.entries(calls).filter(([, { may }]) => may !== everybody)
  test.each(writes)('%s from a page of another site is refused, whoever is signed in', async (_, { send }) => {
    const untouched = await keptScene('nobody', admin)
    await noteState(untouched)
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
      const { status, body } = await send(admin, untouched, headers)
      expect({ status, body }).toMatchObject({ status: 403, body: { type: 'urn:staytuned:problem:foreign-origin' } })
    }
    await expectUntouched(untouched)
  })

  test.each(Object.entries(calls).filter(([, { may }]) => may !== everybody))(
    '%s with the cookie of a session that has ended',
    async (_, { send }) => {
      expect(await send(ended, await keptScene('nobody', admin), {})).toMatchObject({
        status: 401,
        body: { type: 'urn:staytuned:problem:sign-in-needed' },
      })
    },
  )

  test.each(Object.entries(ofLibrary))('%s is refused to nobody, and to a page of another site', async (_, [method, path, body]) => {
    expect((await new ApiClient(server.url).send(method, path, body)).status).toBe(401)
    if (method === 'POST') expect((await admin.send(method, path, body, { origin: 'https://evil.example' })).status).toBe(403)
  })

  test('somebody who was deactivated is nobody at once, and doesn’t come in again', async () => {
    const person = colleagues.gone
    const gone = await ApiClient.signedIn(server.url, person)
    const id = await idOf(gone)
    const scene = await setScene('admin', admin)
    expect((await admin.send('PATCH', `/api/people/${id}`, { active: false })).status).toBe(200)
    const before = await stateOf(scene)
    for (const [name, { may, send }] of Object.entries(calls)) {
      if (may === everybody) continue
      const { status } = await send(gone, scene, {})
      expect({ name, status }).toEqual({ name, status: 401 })
    }
    expect(await stateOf(scene)).toBe(before)
    expect(await new ApiClient(server.url).signIn(person)).toMatchObject({ status: 403, body: { type: 'urn:staytuned:problem:deactivated' } })
  })
})
