import { once } from 'node:events'
import { connect } from 'node:net'

export type RawAnswer = { readonly status: number; readonly head: string; readonly body: string }

/** Sends exactly these bytes, as no client of HTTP would; one request, to its end. */
export async function sendRaw(apiUrl: string, request: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(apiUrl)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.write(Buffer.from(request, 'latin1'))
  await once(socket, 'close')
  const text = Buffer.concat(chunks).toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    head: end < 0 ? text : text.slice(0, end),
    body: end < 0 ? '' : text.slice(end + 4),
  }
}

/** A GET of this very target: nothing of it is resolved or encoded. */
export const getRaw = (apiUrl: string, target: string, headers: readonly string[] = []): Promise<RawAnswer> =>
  sendRaw(apiUrl, [`GET ${target} HTTP/1.1`, 'Host: shop.test', 'Connection: close', ...headers, '', ''].join('\r\n'))
