import { expect, vi } from 'vitest'
import type { Person } from './shop.ts'

export type Endpoint = {
  readonly id: string
  readonly secret: string
  readonly enabled: boolean
  readonly disabled: { readonly by: string } | null
  readonly breaker: { readonly state: string; readonly failures: number }
  readonly code?: string
}
export type Delivery = {
  readonly id: string
  readonly eventId: string
  readonly type: string
  readonly status: string
  readonly attempts: readonly {
    readonly status: number | null
    readonly error: string | null
    readonly responseStart: string | null
  }[]
}
export type Test = { readonly delivery: Delivery | null; readonly wouldSend: { readonly body: string } | null }

/** Wait for facts; a try may be some seconds away. */
export const slow = { timeout: 80_000, interval: 100 }

export async function openEndpoint(who: Person, url: string, events: readonly string[]): Promise<Endpoint> {
  const made = await who.call<Endpoint>('POST', '/v1/webhook-endpoints', { url, events })
  expect(made.status).toBe(201)
  return made.body
}
export const endpointOf = async (who: Person, id: string): Promise<Endpoint> =>
  (await who.call<Endpoint>('GET', `/v1/webhook-endpoints/${id}`)).body
export async function deliveries(who: Person, { id }: Endpoint, query = ''): Promise<readonly Delivery[]> {
  const path = `/v1/webhook-endpoints/${id}/deliveries?limit=100${query}`
  return (await who.call<{ items: readonly Delivery[] }>('GET', path)).body.items
}
export const statuses = ({ attempts }: Delivery) => attempts.map(({ status }) => status)
export const trial = async (who: Person, { id }: Endpoint, query = ''): Promise<Test> =>
  (await who.call<Test>('POST', `/v1/webhook-endpoints/${id}/test${query}`)).body

/** The endpoint's only delivery, once it stands like this. */
export const only = (who: Person, endpoint: Endpoint, status: string, tries?: number): Promise<Delivery> =>
  vi.waitFor(async () => {
    const [one, ...more] = await deliveries(who, endpoint)
    expect(more).toEqual([])
    expect(one?.status).toBe(status)
    if (tries !== undefined) expect(one?.attempts).toHaveLength(tries)
    return one as Delivery
  }, slow)
