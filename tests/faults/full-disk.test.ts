import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { putDatabaseInto } from '../databases.ts'
import { grain } from '../media/a-picture.ts'
import { startServer } from '../running-server.ts'

/** A small disk, which takes the rights of the system's administrator. Null, and said so, where nobody here has them. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    console.warn('No disk can be mounted here: what happens when one is full isn’t tested.')
    return null
  }
}

const disk = smallDisk()

describe.runIf(disk !== null)('a data folder whose disk is full', () => {
  test('has writes refused and pages read; what was acknowledged is there when there’s room again', async () => {
    const data = disk ?? ''
    onTestFinished(() => {
      execFileSync('umount', ['-l', data])
      rmSync(data, { recursive: true })
    })
    await putDatabaseInto(data)
    const server = await startServer({ STAYTUNED_DATA: data })
    onTestFinished(() => server.kill())
    const editor = await ApiClient.signedIn(server.url)
    const slug = await editor.openStory()
    const written: string[] = []
    const write = async (number: number) => {
      // Long, so that it needs room.
      const { status, body } = await editor.publish(slug, `Update ${number}. ${'The bridge stays closed. '.repeat(400)}`, {}, `key-${number}`)
      if (status === 201) written.push((body as { id: string }).id)
      return status
    }
    expect(await write(0)).toBe(201)

    const { bavail, bsize } = statfsSync(data)
    writeFileSync(join(data, 'ballast'), Buffer.alloc(Math.max(bavail * bsize - 64 * 1024, 0)))
    const statuses = new Set<number>()
    // The database has a little room of its own left. Once that is full, a few more.
    for (let number = 1, refused = 0; number <= 200 && refused < 10; number += 1) {
      const status = await write(number)
      statuses.add(status)
      if (status !== 201) refused += 1
    }
    // Whatever still fitted is acknowledged; the rest is refused, and said so.
    expect([...statuses].filter((status) => status !== 201)).toEqual([507])
    const picture = await editor.upload(await grain(1500, 1000).jpeg().toBuffer())
    expect(picture.body).toMatchObject({ status: 507, type: 'urn:staytuned:problem:no-room' })
    for (const path of [`/stories/${slug}`, `/api/stories/${slug}`, '/']) expect((await editor.send('GET', path)).status, path).toBe(200)

    rmSync(join(data, 'ballast'))
    await server.kill()
    const again = await startServer({ STAYTUNED_DATA: data })
    onTestFinished(() => again.kill())
    const after = await ApiClient.signedIn(again.url)
    expect((await after.publish(slug, 'There is room again.')).status).toBe(201)
    const log = String((await after.send('GET', `/api/stories/${slug}/log`)).body)
    const ids = log.split('\n').flatMap((line) => (line.includes('"update.published"') ? [/"update":\{"id":"([^"]+)"/.exec(line)?.[1]] : []))
    expect(ids.slice(0, -1)).toEqual(written)
  })
})
