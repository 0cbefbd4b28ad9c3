import { spawnSync } from 'node:child_process'

// What belongs in a nightly run: `npm run test:long`. Each part runs to its end, and the run fails if any of them has.

type Part = { readonly name: string; readonly command: readonly string[] }

const parts: readonly Part[] = [
  // Two hundred rounds of kill -9, of one process and of any of four with their database, and the random tests with all their runs.
  { name: 'random tests and faults', command: ['npx', '--no-install', 'vitest', 'run', '--project=pure', '--project=database', '--project=process'] },
  { name: 'soak', command: ['npm', 'run', 'bench', '--', 'soak'] },
  { name: 'mutation', command: ['npx', '--no-install', 'stryker', 'run'] },
]

const failed: string[] = []
for (const { name, command } of parts) {
  console.log(`\n${name}\n`)
  const [program = '', ...args] = command
  const { status } = spawnSync(program, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TEST_EFFORT: 'long' },
  })
  if (status !== 0) failed.push(name)
}
console.log(`\n${parts.length - failed.length} of ${parts.length} parts passed${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`)
process.exit(failed.length === 0 ? 0 : 1)
