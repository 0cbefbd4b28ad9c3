import { fc } from '@fast-check/vitest'

// Thousands of mutants are tried, each on all tests that reach it: a property gets a quarter of a second, and always the same cases.
fc.configureGlobal({ interruptAfterTimeLimit: 250, seed: 20261130 })
