import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { bodyText } from '#lib/story/body-text.ts'
import { lineOf } from '#lib/story/line-of.ts'
import { listKeyEvent, mostKeyEvents } from '#lib/story/list-key-events.ts'
import type { Update } from '#lib/story/update.ts'
import { type UpdateLine, updateLine } from '#lib/story/update-line.ts'
import { anyBody, anyLog } from './arbitraries.ts'
import { updateOf } from './sample-story.ts'

/** What each event of a story says of an update, in order. */
const anyUpdates = anyLog.map((log) => log.flatMap((each) => ('update' in each ? [each.update] : [])))

const listOf = (updates: readonly Update[]) => updates.reduce<UpdateLine[]>(listKeyEvent, [])

describe('the list of a story’s key events', () => {
  test.prop([anyUpdates])('holds those that stand, as they were last told, newest first', (updates) => {
    const last = new Map(updates.map((update) => [update.id, update]))
    const expected = [...last.values()].filter(({ key, withdrawal }) => key && withdrawal === null).toSorted((one, other) => other.seq - one.seq)
    expect(listOf(updates)).toEqual(expected.map(lineOf))
  })

  test.prop([anyUpdates])('is not changed by what an update in it said earlier', (updates) => {
    const list = listOf(updates)
    for (const update of updates) {
      if (list.some(({ id }) => id === update.id)) expect(listKeyEvent(list, update)).toEqual(list)
    }
    expect(list).toEqual(listOf(updates))
  })

  test.prop([anyUpdates, fc.nat({ max: 50 })])('loses an update that is a key event no more, or is withdrawn, and no other', (updates, which) => {
    const list = listOf(updates)
    const line = list[which % Math.max(list.length, 1)]
    const update = updates.findLast(({ id }) => id === line?.id)
    fc.pre(update !== undefined)
    if (!update) return
    const without = list.filter(({ id }) => id !== update.id)
    expect(listKeyEvent(list, { ...update, version: update.version + 1, key: false })).toEqual(without)
    const withdrawal = { at: update.publishedAt, notice: 'Taken down.' }
    expect(listKeyEvent(list, { ...update, version: update.version + 1, withdrawal })).toEqual(without)
  })

  test('keeps the newest two hundred', () => {
    const updates = Array.from({ length: mostKeyEvents + 50 }, (_, index) => ({ ...updateOf(index + 2), key: true }))
    const list = listOf(updates)
    expect(list.map(({ seq }) => seq)).toEqual(
      updates
        .map(({ seq }) => seq)
        .toReversed()
        .slice(0, 200),
    )
    expect(listKeyEvent(list, { ...updateOf(2), key: true, version: 2 })).toEqual(list)
  })
})

describe('an update as one line', () => {
  test.prop([anyBody])('is its title, or how its body begins', (body) => {
    const titled = { ...updateOf(2), title: 'The bridge is closed', body }
    expect(lineOf(titled).text).toBe('The bridge is closed')
    const line = lineOf({ ...titled, title: null })
    expect(updateLine.parse(line)).toEqual(line)
    const whole = bodyText(body).replace(/\s+/g, ' ').trim()
    if (line.text === whole) return
    expect(line.text.length).toBeLessThanOrEqual(102)
    expect(line.text.endsWith(' …')).toBe(true)
    // Half a surrogate pair at the cut, in a text without spaces, is shown as what it is.
    expect(whole.startsWith(line.text.slice(0, -2).replace(/\ufffd$/, ''))).toBe(true)
  })

  test('is cut between words', () => {
    const body = { type: 'doc' as const, content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: 'word '.repeat(40) }] }] }
    expect(lineOf({ ...updateOf(2), body }).text).toBe(`${'word '.repeat(19)}word …`)
  })
})
