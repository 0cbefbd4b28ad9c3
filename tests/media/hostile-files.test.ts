import { expect, test } from 'vitest'
import { cleanPicture } from '#lib/media/clean-picture.ts'
import { foreign, hostileFiles } from './hostile-files.ts'

test.each(hostileFiles)('$name: $outcome', async ({ make, outcome }) => {
  const clean = await cleanPicture(await make())
  expect(clean.kind === 'picture' ? 'taken' : clean.kind).toBe(outcome)
  if (clean.kind === 'picture') {
    expect(clean.bytes.includes(foreign)).toBe(false)
    expect(Math.max(clean.width, clean.height)).toBeLessThanOrEqual(2560)
  }
  // Said to an editor: one line, though the library says everything that it tried.
  if (clean.kind === 'broken-picture') expect(clean.reason).toMatch(/^\S.{0,299}$/)
})
