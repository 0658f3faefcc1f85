import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { Env } from '../env.ts'
import { makePlaces } from '../limits/places.ts'
import { serveStream } from './serve.ts'

it('a stream that has nothing more to tell ends with the process all the same', async () => {
  const stopping = new AbortController()
  const streams = makePlaces(1)
  const limits = { streams } as Parameters<typeof serveStream>[1]['limits']
  const app = new Hono<Env>().get('/', (c) => {
    c.set('principal', { id: 'ada' } as Env['Variables']['principal'])
    return serveStream(c, { limits, stopping: stopping.signal }, async (outlet) => {
      while (outlet.isOpen()) await outlet.idle()
    })
  })
  const response = await app.request('/')
  expect(streams.take('ada')).toBeUndefined()
  stopping.abort()
  expect(await response.text()).toBe(': \n\n')
  expect(streams.take('ada')).toBeDefined()
})
