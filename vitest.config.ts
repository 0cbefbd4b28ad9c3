import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'tests/build-first.ts',
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file opens databases and servers of its own; two cores don't run more than two of them well.
    maxWorkers: 2,
    expect: { requireAssertions: true },
  },
})
