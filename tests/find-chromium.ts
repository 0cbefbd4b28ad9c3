import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

// The headless shell first: it is the same browser without its windows, and takes less to start and to draw.
const usual = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chromium on this machine: the one that PLAYWRIGHT_CHROMIUM names, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  const named = process.env.PLAYWRIGHT_CHROMIUM
  if (named) {
    if (!existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, where there is no file`)
    return named
  }
  return [chromium.executablePath(), ...usual].find((path) => existsSync(path))
}

/** The same, after an attempt to install Playwright's own if there's none. */
export function findOrInstallChromium(): string {
  const found = findChromium()
  if (found) return found
  console.log('No Chromium was found: installing the one that Playwright brings …')
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', shell: process.platform === 'win32' })
  const installed = findChromium()
  if (installed) return installed
  throw new Error(
    'The browser tests need a Chromium, and none could be found or installed. Install one (on Debian: apt-get install chromium-headless-shell), ' +
      'or set PLAYWRIGHT_CHROMIUM to the path of one.',
  )
}
