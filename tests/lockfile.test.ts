import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The oldest versions without a known hole, of what faces the network. */
const floors: Record<string, string> = {
  next: '16.4.5',
  'engine.io': '6.6.10',
  'socket.io': '4.8.4',
  'socket.io-parser': '4.2.7',
  ws: '8.21.1',
  'better-auth': '1.7.25',
}

type Lockfile = { packages: Record<string, { version?: string; resolved?: string }> }

const lockfile: Lockfile = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))

test.each(Object.entries(floors))('every copy of %s in the lockfile is %s or newer', (name, floor) => {
  const versions = Object.entries(lockfile.packages).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${name}`) && version ? version : [],
  )
  expect(versions.length).toBeGreaterThan(0)
  for (const version of versions) expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true)
})

test('what only a build needs is no production dependency', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }
  expect(Object.keys(dependencies).filter((name) => ['esbuild', 'prisma', 'tsx', 'typescript', 'vitest'].includes(name))).toEqual([])
})

test('the lockfile names no registry but the public one', () => {
  const hosts = new Set(Object.values(lockfile.packages).flatMap(({ resolved }) => (resolved?.startsWith('http') ? new URL(resolved).host : [])))
  expect([...hosts].filter((host) => host !== 'registry.npmjs.org')).toEqual([])
})

function isAtLeast(version: string, floor: string): boolean {
  const [one, other] = [version, floor].map((text) => text.split(/[.-]/).slice(0, 3).map(Number))
  for (let place = 0; place < 3; place += 1) {
    const difference = (one?.[place] ?? 0) - (other?.[place] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
