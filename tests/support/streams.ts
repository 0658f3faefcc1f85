import { expect, vi } from 'vitest'
import { makeSseParser, type ServerEvent } from '../../client/sse.ts'

export type Told = {
  readonly id: string
  readonly type: string
  readonly data: { readonly orderId?: string; readonly sequence: number; readonly data: { readonly status: string } }
}

export type OpenStream = {
  readonly events: readonly Told[]
  /** Waits until what has come is enough. */
  readonly until: (isEnough: (events: readonly Told[]) => boolean) => Promise<void>
  /** Cuts the connection. @returns the id to go on with. */
  readonly cut: () => string | undefined
}

/** A client that reads a stream until it is cut; made once the server has answered. */
export async function openStream(url: string, token: string, after?: string): Promise<OpenStream> {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${token}`, ...(after !== undefined && { 'Last-Event-ID': after }) }
  const answer = await fetch(url, { headers, signal: leaving.signal })
  expect(answer.status, url).toBe(200)
  const events: Told[] = []
  const feed = makeSseParser(({ id, type, data }: ServerEvent) => {
    events.push({ id: id ?? '', type, data: JSON.parse(data) as Told['data'] })
  })
  let mark: string | undefined
  let opened: () => void = () => undefined
  const isOpen = new Promise<void>((resolve) => {
    opened = resolve
  })
  const text = new TextDecoder()
  const reader = answer.body?.getReader()
  const read = async (): Promise<void> => {
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
      const part = text.decode(piece.value, { stream: true })
      feed(part)
      mark = /^id: (.*)$/m.exec(part)?.[1] ?? mark
      opened()
    }
  }
  read().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error
  })
  await isOpen
  return {
    events,
    until: (isEnough) =>
      vi.waitFor(() => expect(isEnough(events), events.map(({ type }) => type).join()).toBe(true), {
        timeout: 60_000,
        interval: 50,
      }),
    cut() {
      leaving.abort()
      return events.at(-1)?.id ?? mark
    },
  }
}

/** Of each order, and of its returns by themselves, the sequences in the order they came. */
export function sequencesOf(events: readonly Told[]): ReadonlyMap<string, readonly number[]> {
  const sequences = new Map<string, number[]>()
  for (const { type, data } of events) {
    const key = `${type.startsWith('return.') ? 'returns:' : ''}${data.orderId ?? ''}`
    sequences.set(key, [...(sequences.get(key) ?? []), data.sequence])
  }
  return sequences
}

export const oneToN = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1)

export const isDelivered = (events: readonly Told[], orderId?: string): boolean =>
  events.some(({ type, data }) => type === 'order.delivered' && (orderId === undefined || data.orderId === orderId))
