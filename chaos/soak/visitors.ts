import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { startReading, type Seen } from '../rolling/readers.ts'
import { makeClient } from '../../client/index.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import type { World } from '../world.ts'
import { playOutsiders } from './outsiders.ts'

export type Visits = Seen & { readonly logins: number; readonly letters: number; readonly webhooks: number }

/** Everything that people do beside ordering: read, follow, sign in, forget a password, be told by webhook, and tell us by one. */
export async function startVisits(world: World, readsPerSecond: number): Promise<() => Promise<Visits>> {
  const { admin, system } = world
  const { api } = makeClient({ baseUrl: system.apiUrl, token: '' })
  const login = { email: `${randomUUID()}@soak.test`, password: `pass-${randomUUID()}` }
  await api.v1.auth.register.$post({ json: { ...login, name: 'Kim Example' } })
  const receiver = await openReceiver()
  await admin.api.v1['webhook-endpoints'].$post({
    json: { url: receiver.url, events: ['order.confirmed', 'order.delivered'] },
  })

  const over = new AbortController()
  const broken: string[] = []
  const onFailure = (error: unknown): void => void broken.push(String(error))
  let [logins, letters] = [0, 0]
  const signingIn = repeatUntil(over.signal, {
    everyMs: 2_000,
    work: async () => {
      await api.v1.auth.login.$post({ json: login })
      logins += 1
    },
    onFailure,
  })
  const forgetting = repeatUntil(over.signal, {
    everyMs: 5_000,
    work: async () => {
      await api.v1.auth['forgotten-password'].$post({ json: { email: login.email } })
      letters += 1
    },
    onFailure,
  })
  const outside = playOutsiders(world, over.signal, onFailure)
  const stopReading = startReading(world, readsPerSecond)

  return async () => {
    over.abort()
    await Promise.all([signingIn, forgetting, outside])
    const seen = await stopReading()
    await receiver.close()
    return { ...seen, logins, letters, webhooks: receiver.got(), broken: [...broken, ...seen.broken] }
  }
}

async function openReceiver() {
  let got = 0
  const server = createServer((request, response) => {
    got += 1
    request.resume().on('end', () => response.writeHead(204).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('a receiver has a port')
  return {
    url: `http://127.0.0.1:${at.port}/`,
    got: () => got,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
