import { defineConfig } from 'vitest/config'

// `process` starts the program, or databases, servers and processes of its own, and mostly waits for them; `edge` starts several behind nginx.
const process = [
  'tests/http/**/*.test.ts',
  'tests/cli/**/*.test.ts',
  'tests/abuse/{audit,lockout,odd-addresses,sign-in}.test.ts',
  'tests/faults/**/*.test.ts',
  'tests/live/server/**/*.test.ts',
  'tests/store/{embedded-database,migrations}.test.ts',
]
const edge = ['tests/edge/**/*.test.ts']
// Measures what others notice of an attack, so nothing else runs beside it.
const abuse = ['tests/abuse/{pages,passwords,sockets}.test.ts']
const database = ['tests/newsroom/**/*.test.ts', 'tests/reading/**/*.test.ts', 'tests/store/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // No module under test keeps state from one file to the next, so the files of a worker share one load of all modules.
    isolate: false,
    expect: { requireAssertions: true },
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts', 'components/**/*.{ts,tsx}'],
      exclude: ['lib/db/generated/**'],
      reporter: ['text-summary'],
    },
    projects: [
      {
        extends: true,
        test: { name: 'pure', pool: 'threads', include: ['tests/**/*.test.{ts,tsx}'], exclude: [...process, ...edge, ...abuse, ...database] },
      },
      { extends: true, test: { name: 'database', pool: 'forks', include: database, exclude: process, globalSetup: 'tests/run-folder.ts' } },
      {
        extends: true,
        test: { name: 'process', pool: 'forks', maxWorkers: 3, include: process, globalSetup: ['tests/build-first.ts', 'tests/run-folder.ts'] },
      },
      { extends: true, test: { name: 'edge', pool: 'forks', maxWorkers: 3, include: edge, globalSetup: 'tests/build-first.ts' } },
      {
        extends: true,
        test: { name: 'abuse', pool: 'forks', maxWorkers: 1, include: abuse, globalSetup: ['tests/build-first.ts', 'tests/run-folder.ts'] },
      },
    ],
  },
})
