import { now } from '../clock.ts'
import { type Answered, openRawConnection, type RawConnection, requestFor } from '../raw-http.ts'
import { quantile } from '../table.ts'
import { answerParent } from './answer-parent.ts'

// The process that asks for pages, over raw connections that are kept open while it asks.

function ask(connection: RawConnection, request: Buffer): Promise<Answered> {
  return new Promise((resolve) => connection.ask(request, resolve))
}

type Headers = Readonly<Record<string, string>>

const answers = {
  /** How one request is answered. */
  async once(url: string, headers: Headers): Promise<Answered> {
    const address = new URL(url)
    const connection = openRawConnection(address)
    const answered = await ask(connection, requestFor(address, headers))
    connection.close()
    return answered
  },
  /** Asks over so many connections, on each again as soon as it is answered, for so many ms. */
  async flood(url: string, headers: Headers, count: number, forMs: number) {
    const address = new URL(url)
    const request = requestFor(address, headers)
    const times: number[] = []
    const statuses = new Map<number, number>()
    let bytes = 0
    const begin = now()
    const end = begin + forMs
    const askAgain = (connection: RawConnection, resolve: () => void) =>
      connection.ask(request, (answered) => {
        times.push(answered.ms)
        statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1)
        bytes += answered.bytes
        if (answered.status === 0 || now() >= end) resolve()
        else askAgain(connection, resolve)
      })
    const connections = Array.from({ length: count }, () => openRawConnection(address))
    await Promise.all(connections.map((connection) => new Promise<void>((resolve) => askAgain(connection, resolve))))
    for (const connection of connections) connection.close()
    return {
      perSecond: (times.length / (now() - begin)) * 1000,
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      bytes: bytes / times.length,
      statuses: Object.fromEntries(statuses),
    }
  },
  /** Asks so many times a second, whether what was asked before is answered or not, for so many ms. */
  async steady(url: string, headers: Headers, perSecond: number, forMs: number) {
    const address = new URL(url)
    const request = requestFor(address, headers)
    const idle: RawConnection[] = []
    const asked: Promise<Answered>[] = []
    const begin = now()
    const askNext = () => {
      const kept = idle.pop()
      // A server closes what is idle for long.
      const connection = kept?.isOpen() ? kept : openRawConnection(address)
      asked.push(
        ask(connection, request).finally(() => {
          idle.push(connection)
        }),
      )
    }
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        while (asked.length < ((now() - begin) / 1000) * perSecond) askNext()
        if (now() < begin + forMs) return
        clearInterval(timer)
        resolve()
      }, 5)
    })
    const all = await Promise.all(asked)
    for (const connection of idle) connection.close()
    const times = all.map(({ ms }) => ms)
    return { count: all.length, failed: all.filter(({ status }) => status !== 200).length, p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
  },
}

export type PageReaders = typeof answers

answerParent(answers)
