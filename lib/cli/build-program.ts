import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { StartProblem } from '#lib/db/database.ts'
import { prepareBrowserFiles } from './browser-files.ts'
import { buildMark, builtPrograms, isBuilt, sourceHash } from './source-hash.js'

/** Builds the pages and the server unless there is a build of just this source. Takes about 20 s. */
export async function buildProgram(root: string): Promise<void> {
  if (isBuilt(root)) return
  console.log('Building the pages of this source, which takes a moment …')
  rmSync(join(root, buildMark), { force: true })
  const hash = sourceHash(root)
  buildPages(root)
  await bundlePrograms(root)
  await bundleServiceWorker(root)
  await prepareBrowserFiles(root)
  writeFileSync(join(root, buildMark), hash)
}

function buildPages(root: string): void {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const environment = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const { status, error } = spawnSync(process.execPath, [next, 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: environment })
  if (status !== 0) throw new StartProblem('The pages could not be built. `npx next build` tells what is wrong.', { cause: error })
}

/** The server, and the commands for whoever runs one. */
const programs = ['serve', 'accounts', 'import', 'verify-log']

/** Our own TypeScript in a few files of JavaScript; packages stay where they are. It starts in half the time. */
async function bundlePrograms(root: string): Promise<void> {
  rmSync(join(root, builtPrograms), { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: programs.map((name) => `lib/cli/${name}.ts`),
    outdir: builtPrograms,
    bundle: true,
    splitting: true,
    packages: 'external',
    // Our own `#lib/…` looks like a package's to the line above.
    alias: { '#lib': './lib' },
    platform: 'node',
    format: 'esm',
    // Next declares everything under .next/ to be CommonJS.
    outExtension: { '.js': '.mjs' },
    target: 'node20',
    logLevel: 'error',
  })
}

async function bundleServiceWorker(root: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/offline/service-worker.ts'],
    outdir: builtPrograms,
    bundle: true,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  })
}
