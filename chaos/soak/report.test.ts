import { expect, it } from 'vitest'
import { growthTable, minuteLine, processTable } from './report.ts'
import type { Sample } from './sample.ts'

const sample = (minutes: number, orders: number, rssMb: number, inbox: number): Sample => ({
  minutes,
  orders,
  processes: new Map([['stock', { rssMb, heapMb: 20.4, handles: 9, timers: 3 }]]),
  rows: new Map([['stock.inbox', inbox], ['stock.product', 4], ['orders.orders', orders]]), // prettier-ignore
  messages: new Map([['orders', orders * 9]]),
  disk: new Map([['kafka', 12.34]]),
})
const samples = [
  sample(0, 0, 60, 0),
  sample(15, 100, 100, 500),
  sample(30, 200, 101, 300),
  sample(45, 300, 102, 300),
  sample(60, 400, 103, 300),
]

it('a line has all there is at one moment', () => {
  expect(minuteLine(sample(1.04, 8, 99.6, 2))).toBe('1 min, 8 orders | stock 100/20/9/3 | 14 rows | kafka 12 MB')
})

it('processes grow by the hour, once they are warm', () => {
  expect(processTable(samples).split('\n').slice(2)).toEqual([
    '| stock | 100 to 103 | 4 | 20 to 20 | 0 | 9 to 9 | 0 | 3 to 3 | 0 |',
  ])
})

it('tables grow by the order, and one that levels off does not; what never grew is left out', () => {
  const rows = growthTable('table', samples, ({ rows: all }) => all)
  expect(rows.split('\n')).toEqual([
    '| table | at first | most | at the end | per order |',
    '| --- | --- | --- | --- | --- |',
    '| stock.inbox | 0 | 500 | 300 | -0.6 |',
    '| orders.orders | 0 | 400 | 400 | 1 |',
  ])
})
