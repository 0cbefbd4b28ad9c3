export type Cell = string | number

export type Table = { readonly title: string; readonly heads: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

export function markdown({ title, heads, rows }: Table): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`
  return [`### ${title}`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** NaN of no values. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

export function quantiles(values: ArrayLike<number>, shares: readonly number[]): string {
  return shares.map((share) => decimal(quantile(values, share))).join(' / ')
}

/** A dash where nothing could be measured. */
export function decimal(value: number, digits = 1): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}
