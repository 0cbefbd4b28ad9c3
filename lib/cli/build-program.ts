import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { StartProblem } from '#lib/db/database.ts'
import { prepareBrowserFiles } from './browser-files.ts'
import { buildMark, builtPrograms, isBuilt, sourceHash } from './built.js'

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

/** These find files of their own beside them: WebAssembly, compiled code, workers, pages. */
const packagesInPlace = ['next', '@electric-sql/pglite', '@node-rs/argon2', 'fs-native-extensions', 'sharp', 'pino', 'pg-native']

/**
 * Our own TypeScript and the packages that it uses, in a few files of JavaScript, each loaded when it is first needed. It starts
 * in half the time, and the first sign-in takes a third of what loading the library's hundreds of files would.
 */
async function bundlePrograms(root: string): Promise<void> {
  rmSync(join(root, builtPrograms), { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: programs.map((name) => `lib/cli/${name}.ts`),
    outdir: builtPrograms,
    bundle: true,
    splitting: true,
    external: packagesInPlace.flatMap((name) => [name, `${name}/*`]),
    // Packages in the older module system ask for Node's own modules by `require`, which modules don't have.
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
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
