import type { Belongings } from './belongings.ts'
import type { Table } from './table.ts'

/** What is asked for on the command line, by name, without its dashes. */
export type Options = Readonly<Record<string, string | undefined>>

export type Measured = {
  readonly tables: readonly Table[]
  /** The figures of the tables and more, for programs. */
  readonly figures: unknown
  /** What is not as it must be, in words. Nothing, if all is well. */
  readonly wrong: readonly string[]
}

export type Part = (options: Options, own: Belongings) => Promise<Measured>

export function numberOf(options: Options, name: string, otherwise: number): number {
  const value = Number(options[name] ?? otherwise)
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} must be a number above 0`)
  return value
}

export function numbersOf(options: Options, name: string, otherwise: readonly number[]): number[] {
  return (options[name]?.split(',') ?? otherwise).map((value) => numberOf({ [name]: String(value) }, name, 0))
}
