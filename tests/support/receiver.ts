import { once } from 'node:events'
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

export type Received = {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export type Event = {
  readonly id: string
  readonly type: string
  readonly orderid?: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Somebody's server that webhooks are sent to: answers as it is told, by path, and remembers what it got. */
export async function openReceiver() {
  const got: Received[] = []
  const answers = new Map<string, readonly number[]>()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      const path = request.url ?? ''
      got.push({ path, headers: request.headers as Record<string, string>, body })
      const [status = 200, ...rest] = answers.get(path) ?? []
      if (rest.length > 0) answers.set(path, rest)
      response.writeHead(status, { location: '/redirected' }).end(`said ${status}`)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: (path: string): string => `http://127.0.0.1:${port}${path}`,
    /** The first time with the first of these, and so on; with the last from then on. */
    answer: (path: string, ...statuses: readonly number[]) => void answers.set(path, statuses),
    at: (path: string): readonly Received[] => got.filter((one) => one.path === path),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** As the library says. @throws unless the signature is good. */
export const verified = (secret: string, { body, headers }: Received): Event =>
  new Webhook(secret).verify(body, headers) as Event

export const read = ({ body }: Received): Event => JSON.parse(body) as Event
