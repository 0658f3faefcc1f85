import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { beginSpan, beginTrace, inSpan, isTracing, startTracing } from './tracing.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, fatal: () => {} }
const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

it('does the work and begins nothing where nobody asked for traces', async () => {
  const stop = await startTracing(readConfig({}), 'test', log)
  expect([isTracing(), beginTrace('x', {}), beginSpan('x', { parent })]).toEqual([false, undefined, undefined])
  expect(await inSpan('x', { parent }, (traceparent) => Promise.resolve(traceparent))).toBe(parent)
  await stop()
})

it('sends spans by OTLP as JSON, each below its parent, with the kind of its failure and not with its words', async () => {
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk))
    request.on('end', () => response.end('{}'))
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const address = collector.address()
  const port = typeof address === 'object' ? address?.port : 0
  const stop = await startTracing(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }), 'stock', log)
  const inner = inSpan('outer', { parent }, (below) =>
    inSpan('inner', { parent: below, kind: 'client' }, () => Promise.reject(new RangeError('a secret'))),
  )
  await expect(inner).rejects.toThrow('a secret')
  await stop()
  collector.close()
  const sent = bodies.join('')
  expect(sent).not.toContain('a secret')
  expect(sent).toContain('"RangeError"')
  expect(sent.match(/"traceId":"0af7651916cd43dd8448eb211c80319c"/g)).toHaveLength(2)
  expect(sent).toContain('"parentSpanId":"b7ad6b7169203331"')
  expect(isTracing()).toBe(false)
})
