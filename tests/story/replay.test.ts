import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { stepTime, tapeOf } from '#lib/story/replay.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf } from './history.ts'
import { storyOf, updateOf } from './sample-story.ts'

describe('a story that is played back', () => {
  test.prop([anyLog, fc.array(fc.nat(), { maxLength: 20 })])(
    'shows at each place what the fold up to there shows, wherever one has been before',
    (log, places) => {
      const tape = tapeOf(log)
      for (const place of places) {
        const steps = (place % log.length) + 1
        expect(tape?.viewAfter(steps)).toEqual(foldOf(log.slice(0, steps)))
      }
    },
  )

  test.prop([fc.array(fc.integer({ min: 1, max: 350 }), { minLength: 1, maxLength: 12 })], { numRuns: 20 })('also if it is long', (places) => {
    const log = storyOf(350)
    const tape = tapeOf(log)
    for (const steps of places) expect(tape?.viewAfter(steps).head).toBe(steps)
    const last = places.at(-1) ?? 1
    expect(tape?.viewAfter(last)).toEqual(foldOf(log.slice(0, last)))
  })

  test('is none while there was nothing to see, and begins where there was', () => {
    const [opened, ...rest] = storyOf(3)
    if (opened?.type !== 'story.opened') throw new Error('a log begins with the story')
    expect(tapeOf([])).toBeNull()
    // Of the time before nothing is handed out but what there was to see in the end.
    const log = [{ ...opened, story: { ...opened.story, status: 'draft' as const } }, ...rest, { ...opened, seq: 4, type: 'story.revised' as const }]
    const more = { seq: 5, at: opened.at, type: 'update.published' as const, update: updateOf(5) }
    const tape = tapeOf([...log.slice(3), more], foldOf(log))
    expect(tape?.viewAfter(1)).toEqual(foldOf(log))
    expect(tape?.viewAfter(2)).toEqual(foldOf([...log, more]))
  })

  test.prop([anyLog, fc.constantFrom(60, 600, 3600)])('takes its time, but never long, and ends', (log, speed) => {
    for (let steps = 1; steps < log.length; steps += 1) {
      expect(stepTime(log, steps, speed)).toBeGreaterThanOrEqual(150)
      expect(stepTime(log, steps, speed)).toBeLessThanOrEqual(2_500)
    }
    expect(stepTime(log, log.length, speed)).toBeNull()
  })
})
