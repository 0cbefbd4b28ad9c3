export type Scraped = {
  /** The names that can be asked for, those of a histogram's parts among them. */
  readonly names: ReadonlySet<string>
  /** The sum of the series with that name and these labels. */
  sum(name: string, labels?: Record<string, string>): number
}

/** What a server's /metrics answers to a program on its own machine. */
export async function scrape(url: string): Promise<Scraped> {
  const answer = await fetch(`${url}/metrics`)
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}`)
  const lines = (await answer.text()).split('\n')
  const names = lines.flatMap((line) => {
    const [, name, type] = /^# TYPE (\w+) (\w+)/.exec(line) ?? []
    if (name === undefined) return []
    return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]
  })
  return {
    names: new Set(names),
    sum(name, labels = {}) {
      const own = lines.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      const asked = own.filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
      return asked.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    },
  }
}
