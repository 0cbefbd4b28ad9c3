const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** In ms, by a clock that all processes of one machine share and that never jumps. */
export function now(): number {
  return offset + performance.now()
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
