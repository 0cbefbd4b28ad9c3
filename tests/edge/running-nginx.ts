import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const deployment = fileURLToPath(new URL('../../deploy', import.meta.url))

// Debian's is in a folder where only root looks for programs.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

/** Whether there's an nginx to test with. Where there's none, the run says so; in CI it must be there. */
export const isNginxThere: boolean = lookForNginx()

function lookForNginx(): boolean {
  const { error } = spawnSync('nginx', ['-v'], { env })
  if (!error) return true
  if (process.env.CI) throw new Error('the tests need nginx', { cause: error })
  console.warn('No nginx: the edge isn’t tested.')
  return false
}

/** nginx as in deploy/, on that port; `places` says on which port of this machine each of its processes is. Answers once it listens. */
export async function startNginx(port: number, places: Readonly<Record<string, number>>): Promise<{ stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-nginx-'))
  // Its workers are nobody's.
  chmodSync(folder, 0o755)
  const put = (file: string, change: (text: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(deployment, file), 'utf8')))
  put('nginx.conf', (text) => text)
  put('listen.conf', (text) => text.replace('listen 80;', `listen 127.0.0.1:${port};`))
  put('upstreams.conf', (text) => text.replace(/server (\w+):3000/g, (_, name) => `server 127.0.0.1:${places[name]}`))

  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let printed = ''
  child.stderr.on('data', (part) => {
    printed += part
  })
  await listens(child, port, () => printed)
  return {
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listens(child: ChildProcess, port: number, printed: () => string): Promise<void> {
  while (child.exitCode === null) {
    try {
      await fetch(`http://127.0.0.1:${port}/metrics`)
      return
    } catch {
      // Not yet.
    }
  }
  throw new Error(`nginx did not start:\n${printed()}`)
}
