import type { Rolled } from './roll.ts'

const head = [
  'process',
  'exit',
  'SIGTERM to its end, s',
  'group left, s',
  'partitions taken over, s',
  'started again, s',
  'requests',
  'failed',
]

/** One row per process, in the order in which they were restarted. */
export function rollingTable(rolled: readonly Rolled[]): string {
  const rows = rolled.map((one) => [
    one.name,
    one.exit,
    seconds(one.endedMs),
    seconds(one.leftMs),
    seconds(one.takenMs),
    seconds(one.startedMs),
    `${one.requests}`,
    `${one.failed}`,
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : (ms / 1000).toFixed(1))
