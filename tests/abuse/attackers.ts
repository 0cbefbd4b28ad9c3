import { once } from 'node:events'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { from } from './from.ts'

// A process of attackers, so that their work doesn't slow down the one that measures: `attackers.ts KIND URL [STORY [MS]]`, of a kind
// named at its end. Prints what became of it, as JSON.

const [, , kind, url = '', story, ms = '3000'] = process.argv
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

type Requests = { clients: number; of: (number: number) => { path: string; method?: string } }

/** So many clients, all behind one address, each ask for the next as soon as they are answered. */
async function ask({ clients, of }: Requests): Promise<object> {
  const statuses: Record<string, number> = {}
  const until = performance.now() + Number(ms)
  let number = 0
  const client = async () => {
    while (performance.now() < until) {
      number += 1
      const { path, method = 'GET' } = of(number)
      const status = await statusOf(path, method)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return statuses
}

/** How it was answered; 'given-up' if that takes longer than somebody waits who wants the next. */
async function statusOf(path: string, method: string): Promise<string> {
  const signal = AbortSignal.timeout(4_000)
  try {
    const answer = await fetch(url + path, { method, headers: from('203.0.113.66'), redirect: 'manual', signal })
    await answer.arrayBuffer()
    return String(answer.status)
  } catch {
    return signal.aborted ? 'given-up' : 'broken'
  }
}

/** The pages that cost the most, each at a place where it costs the most. */
function costlyPage(number: number): { path: string } {
  const page = `/stories/${story}`
  const moment = new Date(Date.now() - (20_000 + number) * 60_000).toISOString()
  const paths = [
    ...[`${page}/compare`, `${page}/compare?to=${moment}`, `${page}/at/${moment}`, `${page}/search?q=the+bridge+water+city`],
    ...[`${page}/search?q=a+b+s+t`, `${page}/replay`, `${page}/whole?part=${number % 15}`, `/api/stories/${story}/log`],
    ...[`${page}/corrections`, `/api/stories/${story}/changes?epoch=1&after=${number % 1_000}`],
  ]
  return { path: paths[number % paths.length] ?? page }
}

/** Addresses that all mean one page, or next to none, each spelt in a new way. */
function busting(number: number): { path: string; method?: string } {
  const page = `/stories/${story}`
  const moment = new Date(Date.now() + number).toISOString()
  const encoded = `/stories/%${(story ?? 'a').charCodeAt(0).toString(16)}${story?.slice(1)}`
  const paths = [
    ...[
      `${encoded}?x=${number}`,
      `${page}?show=junk${number}`,
      `${page}?at=${moment}`,
      `${page}?before=${10_000 + number}`,
      `/stories/no-such-${number}`,
    ],
    ...[`${page}?around=00000000-0000-7000-8000-${String(number).padStart(12, '0')}`, `/api/stories/${story}/events?epoch=${number}&after=${number}`],
    ...[`/api/stories/${story}?before=${10_000 + number}`, `/_next/data/x/stories/${story}.json?${number}`, `/no-such-page-${number}`],
  ]
  return number % 10 === 0 ? { path: page, method: 'POST' } : { path: paths[number % paths.length] ?? page }
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
  const busy = answers.filter(({ status, retryAfter, text }) => status === 503 && retryAfter !== null && text.includes('urn:staytuned:problem:busy'))
  return { wrong: answers.filter(({ status }) => status === 401).length, busy: busy.length }
}

/** So many connections each send requests that are refused, one after the other as soon as it is answered. */
function refusedWrite(number: number): { path: string; method: string } {
  const paths = ['/api/stories', '/api/auth/sign-out', `/api/stories/${story}/updates`, '/api/media', '/api/account/password']
  return { path: paths[number % paths.length] ?? '', method: 'POST' }
}

/** One request after the other on one connection, without waiting for an answer or reading any. */
async function pipeline({ connections, requests }: { connections: number; requests: number }): Promise<object> {
  const { port } = new URL(url)
  let closed = 0
  const sockets = Array.from({ length: connections }, () => connect(Number(port), '127.0.0.1'))
  for (const socket of sockets) {
    socket.pause()
    socket
      .on('error', () => {})
      .on('close', () => {
        closed += 1
      })
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.66\r\n\r\n`.repeat(requests))
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  for (const socket of sockets) socket.write('\r\n')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  for (const socket of sockets) socket.destroy()
  return { closed }
}

/** So many sockets each send so much, and read nothing of what is answered. */
async function flood({ sockets, send }: { sockets: number; send: (socket: WebSocket) => void }): Promise<object> {
  const open = (await Promise.all(Array.from({ length: sockets }, opened))).filter((socket) => socket !== null)
  let closed = 0
  for (const socket of open) {
    socket
      .on('error', () => {})
      .on('close', () => {
        closed += 1
      })
    for (let packet = 0; packet < 2_000; packet += 1) send(socket)
  }
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  for (const socket of open) socket.terminate()
  return { closed }
}

const attacks: Readonly<Record<string, () => Promise<object>>> = {
  idle: () => idle({ sockets: 600 }),
  'catch-up': () => catchUp({ sockets: 20, waves: 2 }),
  pages: () => ask({ clients: 40, of: costlyPage }),
  'sign-in': () => signIn({ tries: 500 }),
  writes: () => ask({ clients: 100, of: refusedWrite }),
  media: () => ask({ clients: 100, of: (number) => ({ path: `/media/00000000-0000-7000-8000-${String(number).padStart(12, '0')}/640.webp` }) }),
  health: () => ask({ clients: 100, of: () => ({ path: '/api/health' }) }),
  pipeline: () => pipeline({ connections: 60, requests: 1_000 }),
  // There are no such namespaces.
  namespaces: () => flood({ sockets: 100, send: (socket) => socket.send('40/aaaaaaaaaa,') }),
  pings: () => flood({ sockets: 100, send: (socket) => socket.ping('a', true, () => {}) }),
  junk: () => ask({ clients: 40, of: busting }),
}

const attack = attacks[kind ?? '']
if (attack === undefined) throw new Error(`no such attack: ${kind}`)
console.log(JSON.stringify(await attack()))
process.exit(0)
