import type { Late } from './absent.ts'

const head = ['absent at the start', 'processes that gave up', 'all work, s', 'an order confirmed, s']

/** Seconds count from the servers' coming, and from when all work. */
export function lateTable(late: readonly Late[]): string {
  const rows = late.map(({ absent, restarts, readyMs, confirmedMs }) => [
    absent.join(', '),
    `${restarts}`,
    (readyMs / 1000).toFixed(1),
    (confirmedMs / 1000).toFixed(1),
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
