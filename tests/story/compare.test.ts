import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { compareLists } from '#lib/story/compare.ts'

const anyList = fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), version: fc.integer({ min: 1, max: 3 }) }), {
  selector: ({ id }) => id,
})

describe('a list at two moments', () => {
  test.prop([anyList, anyList])(
    'is told by what was added, changed and removed, so that the later list follows from the earlier',
    (before, after) => {
      const { added, changed, removed } = compareLists(before, after)
      const gone = new Set(removed.map(({ id }) => id))
      const now = new Map(changed.map((each) => [each.before.id, each.after]))
      const left = before.filter(({ id }) => !gone.has(id)).map((each) => now.get(each.id) ?? each)
      const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id)
      expect([...left, ...added].toSorted(byId)).toEqual(after.toSorted(byId))
      for (const each of changed) expect(each.before.version).not.toBe(each.after.version)
    },
  )

  test.prop([anyList])('has no difference if it is the same', (list) => {
    expect(compareLists(list, list)).toEqual({ added: [], changed: [], removed: [] })
  })
})
