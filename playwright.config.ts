import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './tests/find-chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests/browser',
  globalSetup: './tests/build-first.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  // Each has a server and a browser of its own, and mostly waits for one of them.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // A browser on a busy machine may be late. tests/run.ts names each test that needed its retry, and allows two.
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  use: {
    // Registering one fetches all scripts a second time: only the tests of what it does allow it.
    serviceWorkers: 'block',
    // Not recorded unless asked for with `--trace on`: it takes a fifth of the time.
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // A sandbox needs rights that root in a container doesn't have.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    {
      name: 'desktop',
      // Things move at the other size. Here they don't, for the mark that says "Live" draws each frame of its first seven seconds.
      use: { viewport: { width: 1280, height: 900 }, contextOptions: { reducedMotion: 'reduce' } },
      grepInvert: /@phone-only/,
    },
    // `@phone` is for tests that run at both sizes, `@phone-only` for those of which a phone is the harder one.
    { name: 'phone', use: { ...devices['Pixel 7'] }, grep: /@phone/ },
  ],
})
