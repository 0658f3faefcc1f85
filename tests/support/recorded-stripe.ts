import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type StripeRequest = {
  readonly call: string
  readonly idempotencyKey: string | undefined
  readonly body: string
}
/** Broken: the connection ends without an answer. */
export type StripeResponse = readonly [status: number, body: object] | 'broken'

/** Answers with shapes from Stripe's documentation, one after the other, and keeps what it was asked. */
export async function startRecordedStripe() {
  const asked: StripeRequest[] = []
  let responses: readonly StripeResponse[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const key = request.headers['idempotency-key']
      const call = `${request.method} ${(request.url ?? '').replace(/\?.*/, '')}`
      asked.push({ call, idempotencyKey: key?.toString(), body: Buffer.concat(chunks).toString() })
      const [next = 'broken', ...rest] = responses
      responses = rest
      if (next === 'broken') {
        request.socket.destroy()
        return
      }
      response.writeHead(next[0], { 'Content-Type': 'application/json', 'Request-Id': 'req_1' })
      response.end(JSON.stringify(next[1]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on; @returns what is asked of it from now on. */
    answers(...next: readonly StripeResponse[]): readonly StripeRequest[] {
      responses = next
      asked.length = 0
      return asked
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const intent = (status: string, more: object = {}) =>
  [200, { id: 'pi_3MtwBw', object: 'payment_intent', amount: 1_000, currency: 'eur', status, ...more }] as const

export const refund = (status: string) =>
  [200, { id: 're_1Nispe', object: 'refund', amount: 400, currency: 'eur', status }] as const

export const failure = (status: number, error: object) => [status, { error }] as const

export const listed = (data: readonly object[]) => [200, { object: 'list', data, has_more: false }] as const
