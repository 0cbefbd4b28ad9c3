import { expect, test } from 'vitest'
import { openOriginalIndex } from '#lib/media/original-index.ts'

const id = '019a0000-0000-7000-8000-000000000001'

test('a missing picture is looked for again once it may have been written elsewhere', async () => {
  let now = 0
  let isThere = false
  let looked = 0
  const look = async () => {
    looked += 1
    return isThere ? 'jpg' : null
  }
  const index = openOriginalIndex(look, { now: () => now })
  expect(await Promise.all([index.find(id, 'a'), index.find(id, 'b')])).toEqual([null, null])
  isThere = true
  now = 4_999
  expect(await index.find(id, 'a')).toBeNull()
  now = 5_000
  expect(await index.find(id, 'a')).toBe('jpg')
  expect(await index.find(id, 'a')).toBe('jpg')
  expect(looked).toBe(2)
})

test('a picture that is written while it is looked for is not remembered as missing', async () => {
  let answer = (_found: null) => {}
  const looked = new Promise<null>((resolve) => {
    answer = resolve
  })
  const index = openOriginalIndex(() => looked)
  const found = index.find(id, 'a')
  index.add(id, 'png')
  answer(null)
  await found
  expect(index.isKnownMissing(id)).toBe(false)
  expect(await index.find(id, 'a')).toBe('png')
})
