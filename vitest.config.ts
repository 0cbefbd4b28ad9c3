import { defineConfig } from 'vitest/config'

const process = ['tests/http/**/*.test.ts', 'tests/cli/**/*.test.ts', 'tests/faults/**/*.test.ts']
const edge = ['tests/edge/**/*.test.ts']
const database = ['tests/newsroom/**/*.test.ts', 'tests/reading/**/*.test.ts', 'tests/store/**/*.test.ts', 'tests/live/server/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    expect: { requireAssertions: true },
    coverage: { provider: 'v8', include: ['lib/**/*.ts', 'components/**/*.{ts,tsx}'], exclude: ['lib/db/generated/**'], reporter: ['text-summary'] },
    projects: [
      {
        extends: true,
        // No module under test keeps state between files, so they share one load of every module.
        test: { name: 'pure', pool: 'threads', isolate: false, include: ['tests/**/*.test.{ts,tsx}'], exclude: [...process, ...edge, ...database] },
      },
      { extends: true, test: { name: 'database', pool: 'forks', isolate: false, include: database } },
      { extends: true, test: { name: 'process', pool: 'forks', include: process, globalSetup: 'tests/build-first.ts' } },
      { extends: true, test: { name: 'edge', pool: 'forks', include: edge, globalSetup: 'tests/build-first.ts' } },
    ],
  },
})
