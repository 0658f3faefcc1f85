import { expect, it } from 'vitest'
import { externalServer, firstAddress } from './external-server.ts'

it.each([
  ['127.0.0.1:7233', { host: '127.0.0.1', port: 7233 }],
  ['kafka-1.test:9092,kafka-2.test:9092', { host: 'kafka-1.test', port: 9092 }],
  ['mysql://shop:a%40b@db.test:3307', { host: 'db.test', port: 3307 }],
  ['mysql://shop@db.test', { host: 'db.test', port: 1 }],
  ['[::1]:9092', { host: '::1', port: 9092 }],
])('reads the first address of %s', (given, address) => {
  expect(firstAddress(given, 1)).toEqual(address)
})

it('refuses to signal a server that is not ours, and stops it by leaving it alone', async () => {
  const given = { variable: 'KAFKA_BROKERS', value: 'kafka.test:9092', usualPort: 9092 }
  const server = externalServer('kafka', given, { report: () => {} })
  expect(() => server.kill('SIGKILL')).toThrow('not ours')
  await server.stop()
  expect(server.pid()).toBeUndefined()
})
