import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { builtProgram } from '#lib/cli/built.js'
import { ApiClient } from '../api-client.ts'
import { followStory } from '../edge/following.ts'
import { effort } from '../effort.ts'
import { killProcess } from '../kill-process.ts'
import { canOwnPostgres, makeOwnPostgres } from '../own-postgres.ts'
import { admin } from '../running-server.ts'
import { faultSeed, randomFrom } from '../seeded-random.ts'
import { openFront } from './front.ts'
import { type Member, startMember } from './member.ts'
import { openTeam } from './team.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rounds = effort(2, 200)
const readers = 12
const writers = 3
/** In one round, after which all that is away comes back. */
const roundMs = 1_500

type Role = 'web' | 'live'
type Written = { readonly key: string; readonly id: string; readonly seq: number }

/** Two processes of each role behind one port, over a database server of their own; who is killed is started anew, as a supervisor does. */
async function openSite() {
  const postgres = await makeOwnPostgres()
  const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
  const front = openFront({ web: () => teams.web.ports(), live: () => teams.live.ports() })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  const running = new Map<string, Member>()
  const printed: string[] = []
  const teamOf = (role: Role) => {
    const settings = {
      DATABASE_URL: postgres.url,
      STAYTUNED_DATA: data,
      PUBLIC_URL: url,
      STAYTUNED_ROLE: role,
      STAYTUNED_PROXIES: '1',
      STAYTUNED_FIRST_STORY: 'off',
      STAYTUNED_LOG: 'error',
      STAYTUNED_ADMIN_EMAIL: admin.email,
      STAYTUNED_ADMIN_PASSWORD: admin.password,
      // What a test runner has set isn't for the program.
      NODE_ENV: 'production',
      VITEST: undefined,
    }
    const start = async (name: string) => {
      const member = await startMember({ file: builtProgram('serve'), root, settings }, (line) => void printed.push(`${name} | ${line}`))
      running.set(name, member)
      return member
    }
    return openTeam([`${role} 1`, `${role} 2`], start)
  }
  const teams = { web: teamOf('web'), live: teamOf('live') }
  await Promise.all([teams.web.start(), teams.live.start()])
  return {
    url,
    postgres,
    printed,
    kill(name: string) {
      const member = running.get(name)
      if (member) killProcess(member.pid)
    },
    async close() {
      await Promise.all([teams.web.stop(), teams.live.stop()])
      front.close()
      front.closeAllConnections()
      await postgres.drop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

type Fault = { readonly name: string; readonly do: () => Promise<void> }

describe.runIf(canOwnPostgres())('a site of four processes', () => {
  test(`loses nothing though any of them, and the database, are killed under load: ${rounds} rounds (FAULT_SEED=${faultSeed})`, async () => {
    const random = randomFrom(faultSeed)
    const site = await openSite()
    onTestFinished(() => site.close(), 60_000)
    const editor = await ApiClient.signedIn(site.url)
    const slug = await editor.openStory()
    const pages = await Promise.all(Array.from({ length: readers }, () => followStory(site.url, slug)))

    const written: Written[] = []
    let refused = 0
    let isOver = false
    const write = async (writer: number) => {
      for (let number = 1; !isOver; number += 1) {
        const key = `${writer}-${number}`
        // Whatever isn't answered with 201 is sent again with its key, until it is.
        for (let isWritten = false; !isWritten; ) {
          try {
            const { status, body } = await editor.publish(slug, `Update ${key}: the bridge stays closed.`, {}, key)
            if (status === 201) written.push({ key, ...(body as { id: string; seq: number }) })
            else if (status < 500) throw new Error(`${key} was answered with ${status}: ${JSON.stringify(body)}`)
            isWritten = status === 201
          } catch (error) {
            // The connection broke under it. Anything else is a real failure.
            if (!(error instanceof TypeError)) throw error
          }
          if (!isWritten) {
            refused += 1
            await wait(50)
          }
        }
        await wait(200 + random() * 200)
      }
    }
    const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))

    const faults: Fault[] = [
      ...['web 1', 'web 2', 'live 1', 'live 2'].map((name) => ({ name, do: async () => site.kill(name) })),
      {
        name: 'database',
        do: async () => {
          await site.postgres.kill()
          await wait(random() * 1_000)
          await site.postgres.start()
        },
      },
    ]
    for (let round = 1; round <= rounds; round += 1) {
      const chosen = faults.filter(() => random() < 0.45)
      await Promise.all(
        chosen.map(async (fault) => {
          await wait(random() * roundMs)
          await fault.do()
        }),
      )
      const what = `round ${round}, without ${chosen.map(({ name }) => name).join(', ') || 'anybody'}`
      const before = written.length
      await expect.poll(() => written.length - before, { timeout: 60_000, interval: 50, message: `${what}: writes` }).toBeGreaterThanOrEqual(writers)
      const reached = Math.max(1, ...written.map(({ seq }) => seq))
      // What was acknowledged by now is on each page, whoever was killed meanwhile.
      await expect
        .poll(() => pages.filter(({ seqs }) => (seqs.at(-1) ?? 1) < reached).length, {
          timeout: 60_000,
          interval: 50,
          message: `${what}: pages that lack something`,
        })
        .toBe(0)
    }
    isOver = true
    await writing

    const { head } = (await editor.send('GET', `/api/stories/${slug}`)).body as { head: number }
    const all = Array.from({ length: head - 1 }, (_, index) => index + 2)
    await expect.poll(() => pages.map(({ seqs }) => seqs.length), { timeout: 60_000 }).toEqual(pages.map(() => all.length))
    const logged = await logOf(site.url, slug)
    expect(logged.map(({ seq }) => seq)).toEqual(all)
    // Every 201 is in the log as it was answered, and nothing else is.
    expect(written.toSorted((one, other) => one.seq - other.seq).map(({ id, seq }) => ({ id, seq }))).toEqual(logged)
    for (const page of pages) {
      expect(page.seqs).toEqual(all)
      expect(page.updates).toEqual(logged.map(({ id }) => id))
    }
    console.log(
      `${rounds} rounds, ${written.length} updates, ${refused} tries that were refused or broke off, ${pages.reduce((sum, page) => sum + page.sockets(), 0)} sockets by ${readers} pages`,
    )
  }, 1_800_000)
})

/** The log after its first event: who was written as which number. */
async function logOf(url: string, slug: string): Promise<{ id: string; seq: number }[]> {
  const text = await (await fetch(`${url}/api/stories/${slug}/log`)).text()
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq?: number; payload?: { update?: { id: string } } })
  return lines.flatMap(({ seq, payload }) => (seq !== undefined && payload?.update ? [{ id: payload.update.id, seq }] : []))
}
