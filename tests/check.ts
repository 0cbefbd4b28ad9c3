import { spawn } from 'node:child_process'

// `npm run check`: types, style, layers and unused code. The compiler runs beside the rest, because it takes as long as they do together.

const node = ['node', '--import', 'tsx']
const lanes = [[['tsc', '--noEmit']], [['biome', 'ci', '.'], [...node, 'tests/check-layers.ts'], ['knip']]]

/** Runs a command of this project's, and prints what it said when it has ended, so that two don't mix. */
async function passes(command: readonly string[]): Promise<boolean> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      said += part
    })
  }
  const status = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  if (said.trim() !== '') console.log(said.trimEnd())
  if (status !== 0) console.error(`${command.join(' ')} ended with ${status}`)
  return status === 0
}

async function lane(commands: readonly (readonly string[])[]): Promise<boolean> {
  let isClean = true
  for (const command of commands) isClean = (await passes(command)) && isClean
  return isClean
}

process.exit((await Promise.all(lanes.map(lane))).every(Boolean) ? 0 : 1)
