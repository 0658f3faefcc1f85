import { expect, it } from 'vitest'
import { kafkaSettings } from './settings.ts'

const lines = kafkaSettings({ port: 9092, controllerPort: 9093, dataDir: 'C:\\data' }).split('\n')

it('listens on the loopback address only', () => {
  expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093')
  expect(lines).toContain('advertised.listeners=PLAINTEXT://127.0.0.1:9092')
})

it('makes no topic that nobody declared', () => {
  expect(lines).toContain('auto.create.topics.enable=false')
})

it('escapes backslashes, which a properties file would swallow', () => {
  expect(lines).toContain('log.dirs=C:\\\\data')
})
