import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { HubServer } from './hub-socket.ts'

export type AdmissionLimits = {
  /** So many sockets that follow something this process serves. */
  readonly mostSockets: number
  /** If it is later than that, in ms, for half of what it comes to between two looks, it has enough to do. */
  readonly mostLagMs: number
  /** Between two looks, in ms. */
  readonly lookMs: number
}

/** Says whether this process has as many readers as it can serve. Those it has it keeps: whoever is turned away costs less than all being late. `idle` is how many sockets follow nothing, and take nobody's place. */
export function watchAdmission(
  io: HubServer,
  { mostSockets, mostLagMs, lookMs }: AdmissionLimits,
  idle: () => number,
): { isFull(): boolean; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let isLate = false
  const timer = setInterval(() => {
    isLate = delay.percentile(50) / 1e6 > mostLagMs
    delay.reset()
  }, lookMs)
  return {
    isFull: () => isLate || io.of('/').sockets.size - idle() >= mostSockets,
    stop() {
      clearInterval(timer)
      delay.disable()
    },
  }
}
