import { expect, it } from 'vitest'
import { toRecords } from './platformatic-records.ts'

const topics = new Map([['id-1', 'orders']])
const record = (offsetDelta: number, text: string, headers: [Buffer | null, Buffer | null][] = []) => ({
  length: 0,
  attributes: 0,
  timestampDelta: 0n,
  offsetDelta,
  key: Buffer.from('k'),
  value: Buffer.from(text),
  headers,
})
const batch = (firstOffset: bigint, records: ReturnType<typeof record>[], attributes = 0, lastOffsetDelta = 9) => ({
  firstOffset,
  length: 0,
  partitionLeaderEpoch: 0,
  magic: 2,
  crc: 0,
  attributes,
  lastOffsetDelta,
  firstTimestamp: 0n,
  maxTimestamp: 0n,
  producerId: -1n,
  producerEpoch: -1,
  firstSequence: -1,
  records,
})
const answer = (records: ReturnType<typeof batch>[], topicId = 'id-1') => ({
  responses: [
    {
      topicId,
      partitions: [
        {
          partitionIndex: 2,
          errorCode: 0,
          highWatermark: 0n,
          lastStableOffset: 0n,
          logStartOffset: 0n,
          abortedTransactions: [],
          preferredReadReplica: -1,
          records,
        },
      ],
    },
  ],
})
const at = (offset: bigint) => new Map([['orders:2', offset]])

it('what was there before the place is left out, as Kafka gives whole batches', () => {
  const [records] = toRecords(
    answer([batch(10n, [record(0, 'a'), record(1, 'b'), record(2, 'c')], 0, 2)]),
    topics,
    at(11n),
  )
  expect(records?.messages.map(({ offset, value }) => `${offset} ${String(value)}`)).toEqual(['11 b', '12 c'])
  expect(records).toMatchObject({ topic: 'orders', partition: 2, next: 13n })
})

it('the place moves over offsets without a message, and over marks of transactions', () => {
  expect(toRecords(answer([batch(10n, [record(3, 'a')])]), topics, at(10n))).toMatchObject([{ next: 20n }])
  const control = 0b100000
  expect(toRecords(answer([batch(10n, [record(0, 'mark')], control, 0)]), topics, at(10n))).toEqual([
    { topic: 'orders', partition: 2, messages: [], next: 11n },
  ])
})

it('a partition with nothing new, and a topic nobody asked for, are left out', () => {
  expect(toRecords(answer([]), topics, at(10n))).toEqual([])
  expect(toRecords(answer([batch(10n, [record(0, 'a')])], 'id-2'), topics, at(10n))).toEqual([])
})

it('a header that comes several times has its values in a list', () => {
  const pairs = [
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
  ].map(([name = '', value = '']): [Buffer, Buffer] => [Buffer.from(name), Buffer.from(value)])
  const [records] = toRecords(answer([batch(0n, [record(0, 'x', pairs)])]), topics, at(0n))
  expect(records?.messages[0]?.headers).toEqual({ a: [Buffer.from('1'), Buffer.from('3')], b: Buffer.from('2') })
})
