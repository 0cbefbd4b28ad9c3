// `npm install` runs this: generates the database client. Without development packages there's nothing to generate it with, and no need to:
// what runs then is a build, which holds it already.

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

/** @returns {string | null} */
function findPrisma() {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js')
  } catch {
    return null
  }
}

const prisma = findPrisma()
if (prisma !== null) process.exit(spawnSync(process.execPath, [prisma, 'generate'], { stdio: 'inherit' }).status ?? 1)
