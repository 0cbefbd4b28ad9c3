import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const components = fileURLToPath(new URL('../../components', import.meta.url))
const tokens = readFileSync(`${components}/look/tokens.css`, 'utf8')

type Theme = 'light' | 'dark'

/** The colours of a theme by their names: #rrggbb each. */
function coloursOf(theme: Theme): Map<string, string> {
  const [light = '', dark = ''] = tokens.split('prefers-color-scheme: dark')
  const named = (text: string) => [...text.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value] as const)
  return new Map([...named(light), ...(theme === 'dark' ? named(dark) : [])])
}

/** Relative luminance, from 0 to 1, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Each colour that text is set in, and what it may stand on. */
const textOn: Record<string, readonly string[]> = {
  '--ink': ['--paper', '--paper-raised', '--correction-paper'],
  '--ink-soft': ['--paper', '--paper-raised', '--correction-paper'],
  '--danger': ['--paper', '--paper-raised'],
  '--correction': ['--paper', '--paper-raised', '--correction-paper'],
  '--live': ['--paper', '--paper-raised'],
  '--on-live': ['--live'],
  '--paper': ['--ink'],
}

/** What isn't text but has to be seen: the ring around what has the focus, and the marks of what is live. */
const shapesOn: Record<string, readonly string[]> = {
  '--focus': ['--paper', '--paper-raised'],
  '--live': ['--paper', '--paper-raised'],
  '--rule': ['--paper', '--paper-raised'],
}

const pairs = (on: typeof textOn, least: number) => Object.entries(on).flatMap(([front, backs]) => backs.map((back) => ({ front, back, least })))

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const colours = coloursOf(theme)

  test.each([...pairs(textOn, 4.5), ...pairs(shapesOn, 3)])('$front on $back has a contrast of at least $least', ({ front, back, least }) => {
    expect(contrast(colours.get(front) ?? '', colours.get(back) ?? '')).toBeGreaterThanOrEqual(least)
  })
})

test('no style sets text in a colour that isn’t checked here', () => {
  const used = new Set<string>()
  for (const file of readdirSync(components, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))) {
    for (const [, name = ''] of readFileSync(`${components}/${file}`, 'utf8').matchAll(/(?<![\w-])color: var\((--[\w-]+)\)/g)) used.add(name)
  }
  expect([...used].filter((name) => !(name in textOn)).sort()).toEqual([])
  expect(used.size).toBeGreaterThan(4)
})
