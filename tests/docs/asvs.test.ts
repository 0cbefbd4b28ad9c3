import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** How many requirements ASVS 5.0.0 has in each level. */
const requirements = { '1': 70, '2': 183 } as const
const statuses = ['met', 'partly', 'not met', "doesn't apply"] as const

/** A file of ours in backticks: below one of our folders, or one of the files beside them. */
const namedFile = /`((?:app|components|deploy|docs|lib|pages|prisma|public|tests)\/[^`\s]+|[\w.-]+\.(?:js|json|ts|yaml)|Dockerfile|\.dockerignore)`/g
const link = /\]\(([^)#]*)(?:#([^)]*))?\)/g

type Row = { readonly number: string; readonly level: string; readonly status: string }

const rows: readonly Row[] = Array.from(
  read('docs/asvs.md').matchAll(/^\| V([\d.]+) +\| ([12]) +\| [^|]+\| ([^|]+?) +\| [^|]+\|$/gm),
  ([, number = '', level = '', status = '']) => ({ number, level, status }),
)

const slugOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
const headingsOf = (text: string) => Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) => slugOf(heading))

test.each(['docs/asvs.md', 'docs/security.md'])('every file that %s names exists', (document) => {
  const named = Array.from(read(document).matchAll(namedFile), ([, path = '']) => path)
  expect(named.length).toBeGreaterThan(50)
  expect([...new Set(named)].filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

test.each(['docs/asvs.md', 'docs/security.md'])('every link of %s within the docs leads somewhere', (document) => {
  const links = Array.from(read(document).matchAll(link), ([, path = '', heading]) => ({ path, heading })).filter(({ path }) => !path.includes('://'))
  expect(links.length).toBeGreaterThan(5)
  for (const { path, heading } of links) {
    const target = path === '' ? document : `docs/${path}`
    expect(existsSync(new URL(target, root)), target).toBe(true)
    if (heading !== undefined) expect(headingsOf(read(target))).toContain(heading)
  }
})

test('every requirement of ASVS is there once, and the table of their number is right', () => {
  expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
  for (const [level, count] of Object.entries(requirements)) {
    const ofLevel = rows.filter((row) => row.level === level)
    expect(ofLevel).toHaveLength(count)
    const counts = statuses.map((status) => ofLevel.filter((row) => row.status === status).length)
    const summary = new RegExp(`^\\| ${level} +\\| ${counts.map((each) => `${each} +`).join('\\| ')}\\| ${count} +\\|$`, 'm')
    expect(read('docs/asvs.md')).toMatch(summary)
  }
})
