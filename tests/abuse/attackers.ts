import { once } from 'node:events'
import { WebSocket } from 'ws'
import { from } from './from.ts'

// A process of attackers, so that what they do doesn't hold up whoever measures: `attackers.ts catch-up|idle|sign-in URL [STORY]`. Prints what became of it.

const [, , kind, url = '', story] = process.argv
const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`

/** A socket on which the server speaks Socket.IO; null if it was refused. */
async function opened(): Promise<WebSocket | null> {
  const socket = new WebSocket(address, { headers: from('203.0.113.66') })
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.on('open', () => resolve(true)).on('error', () => resolve(false))
  })
  if (!isOpen) return null
  socket.send('40')
  return socket
}

/** So many each ask for all that was missed as often as they may, from another number each time, and read nothing of it. */
async function catchUp({ sockets, waves }: { sockets: number; waves: number }): Promise<object> {
  for (let wave = 0; wave < waves; wave += 1) {
    const all = (await Promise.all(Array.from({ length: sockets }, opened))).filter((socket) => socket !== null)
    for (let message = 0; message < 39; message += 1) {
      for (const socket of all) {
        socket.send(`42${message}["follow",{"story":"${story}","epoch":1,"after":${11 + (message % 20)}}]`)
        socket.pause()
      }
    }
    // As long as it takes the server to hear all of it, and to write what it may.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    for (const socket of all) socket.terminate()
  }
  return {}
}

/** So many are opened and follow nothing; waits until the server has closed each of them. */
async function idle({ sockets }: { sockets: number }): Promise<object> {
  const open = (await Promise.all(Array.from({ length: sockets }, opened))).filter((socket) => socket !== null)
  await Promise.all(open.map((socket) => once(socket, 'close')))
  return { opened: open.length, refused: sockets - open.length }
}

/** So many try a password at once, each from another network and at another account. */
async function signIn({ tries }: { tries: number }): Promise<object> {
  const answers = await Promise.all(
    Array.from({ length: tries }, (_, number) =>
      fetch(`${url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...from(`203.0.${Math.floor(number / 250)}.${number % 250}`) },
        body: JSON.stringify({ email: `stranger-${number}@example.org`, password: 'a-password-that-is-wrong' }),
      }).then(async (response) => ({ status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() })),
    ),
  )
  const busy = answers.filter(({ status, retryAfter, text }) => status === 503 && retryAfter === '2' && text.includes('urn:staytuned:problem:busy'))
  return { wrong: answers.filter(({ status }) => status === 401).length, busy: busy.length }
}

const attacks = {
  'catch-up': () => catchUp({ sockets: 20, waves: 2 }),
  idle: () => idle({ sockets: 600 }),
  'sign-in': () => signIn({ tries: 500 }),
}

console.log(JSON.stringify(await attacks[kind as keyof typeof attacks]()))
process.exit(0)
