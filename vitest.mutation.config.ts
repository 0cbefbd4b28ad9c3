import { defineConfig } from 'vitest/config'

/** The tests that mutants are tried on: those of the domain, of Markdown and of the browser's side of the live channel. */
export default defineConfig({
  test: {
    include: ['tests/{story,markdown,desk}/**/*.test.ts', 'tests/live/browser/**/*.test.ts'],
    setupFiles: 'tests/mutation-setup.ts',
    testTimeout: 120_000,
    expect: { requireAssertions: true },
  },
})
