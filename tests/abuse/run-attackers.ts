import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs {@link attackers.ts} as a process of its own, and returns what it prints at its end. */
export async function runAttackers(...args: string[]): Promise<Record<string, number>> {
  const attackers = spawn(process.execPath, ['--import', 'tsx', 'tests/abuse/attackers.ts', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  attackers.stdout.on('data', (part) => {
    printed += part
  })
  await once(attackers, 'close')
  return JSON.parse(printed) as Record<string, number>
}
