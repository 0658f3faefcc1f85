import type { ProcessReading } from './process-metrics.ts'
import type { Sample } from './sample.ts'
import { type Point, slope } from './slope.ts'

const join = (rows: readonly (readonly string[])[]): string => rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
const withHead = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  join([head, head.map(() => '---'), ...rows])
const round = (value: number, digits = 0): string => Number(value.toFixed(digits)).toString()

/** One line a sample: each process with memory, heap, handles and timers; the largest tables; Kafka's disk. */
export function minuteLine({ minutes, orders, processes, rows, disk }: Sample): string {
  const each = [...processes].map(
    ([name, one]) => `${name} ${round(one.rssMb)}/${round(one.heapMb)}/${one.handles}/${one.timers}`,
  )
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0)
  const sizes = [...disk].map(([name, mb]) => `${name} ${round(mb)} MB`)
  return `${round(minutes, 1)} min, ${orders} orders | ${each.join(', ')} | ${all} rows | ${sizes.join(', ')}`
}

/** What compilers and caches take in the beginning is no growth, nor what has not been there for as long as it is kept. */
export const afterWarmUp = (samples: readonly Sample[]): readonly Sample[] =>
  samples.slice(Math.floor(samples.length / 3))

/** How each process grew, by the hour. */
export function processTable(samples: readonly Sample[]): string {
  const later = afterWarmUp(samples)
  const [first, last] = [later[0], later.at(-1)]
  if (first === undefined || last === undefined) return ''
  const head = ['process', 'memory, MB', 'MB/h', 'heap, MB', 'MB/h', 'handles', 'per h', 'timers', 'per h']
  const rows = [...last.processes.keys()].map((name) => [
    name,
    ...(['rssMb', 'heapMb', 'handles', 'timers'] as const).flatMap((what) => {
      const value = (of: Sample) => of.processes.get(name)?.[what satisfies keyof ProcessReading] ?? Number.NaN
      const points = later.map((one): Point => [one.minutes / 60, value(one)])
      return [`${round(value(first))} to ${round(value(last))}`, round(slope(points), 1)]
    }),
  ])
  return withHead(head, rows)
}

/** What grew at all, by the order; `most` above `at the end` shows what was thrown away. */
export function growthTable(
  what: string,
  samples: readonly Sample[],
  of: (sample: Sample) => ReadonlyMap<string, number>,
  digits = 0,
): string {
  const later = afterWarmUp(samples)
  const names = [...new Set(samples.flatMap((sample) => [...of(sample).keys()]))]
  const rows = names.flatMap((name) => {
    const values = samples.map((sample) => of(sample).get(name) ?? 0)
    const points = later.map((one): Point => [one.orders, of(one).get(name) ?? 0])
    const [first = 0, last = 0] = [values[0], values.at(-1)]
    const most = Math.max(...values)
    if (most === first) return []
    return [[name, round(first, digits), round(most, digits), round(last, digits), round(slope(points), 3)]]
  })
  return withHead([what, 'at first', 'most', 'at the end', 'per order'], rows)
}
