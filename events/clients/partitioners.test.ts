import { randomBytes, randomUUID } from 'node:crypto'
import { compatibilityPartitioner } from '@platformatic/kafka'
import { Partitioners } from 'kafkajs'
import { expect, it } from 'vitest'

it('both clients put a key on the same partition, whatever the key and however many partitions', () => {
  const byKafkajs = Partitioners.DefaultPartitioner()
  const keys = [
    ...Array.from({ length: 2_000 }, () => Buffer.from(randomUUID())),
    ...Array.from({ length: 200 }, (_, length) => randomBytes(length)),
    ...['', 'ü', 'SKU-1', '\u0000', '日本'].map((text) => Buffer.from(text)),
  ]
  for (const key of keys) {
    for (const partitions of [1, 3, 6, 12]) {
      const metadata = Array.from({ length: partitions }, (_, partitionId) => ({
        partitionId,
        leader: 1,
        partitionErrorCode: 0,
        replicas: [],
        isr: [],
      }))
      const mine = byKafkajs({ topic: 'orders', partitionMetadata: metadata, message: { key, value: null } })
      const message = { topic: 'orders', key }
      expect(compatibilityPartitioner(message, key) % partitions, key.toString('hex')).toBe(mine)
    }
  }
})
