import { expect, test } from 'vitest'
import { cpuBudget } from '#lib/limits/cpu-budget.ts'

/** Keeps the event loop busy. */
function work(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end) {
    // As work that waits for nothing.
  }
}

test('work that never waits uses up the budget of its key, and of no other', () => {
  const budget = cpuBudget({ maxShare: 0.01, burstMs: 40 })
  expect(budget.isLeft('a')).toBe(true)
  for (let turn = 0; turn < 3; turn += 1) {
    const end = budget.begin('a')
    work(20)
    end()
  }
  expect([budget.isLeft('a'), budget.isLeft('b')]).toEqual([false, true])
})

test('a budget is earned again as time goes on', () => {
  const budget = cpuBudget({ maxShare: 1, burstMs: 10 })
  const end = budget.begin('a')
  work(20)
  end()
  expect(budget.isLeft('a')).toBe(false)
  work(25)
  expect(budget.isLeft('a')).toBe(true)
})

test('work that only waits costs next to nothing', async () => {
  const budget = cpuBudget({ maxShare: 0, burstMs: 30 })
  const end = budget.begin('a')
  await new Promise((resolve) => setTimeout(resolve, 60))
  end()
  expect(budget.isLeft('a')).toBe(true)
})
