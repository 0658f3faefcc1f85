import { sleep } from './back-off.ts'
import type { Api } from './index.ts'
import { isOver, isSettled, type Order, type OrderStatus, type PlaceOrder, type TimelineEntry } from './contract.ts'
import { followStream } from './stream.ts'

type Calling = { readonly signal?: AbortSignal }
export type Placing = Calling & {
  /** Of the caller's own choice where the same order may be placed by another run of the program. */
  readonly key?: string
  /** Seconds for the API to wait for a settled order before it answers. */
  readonly wait?: number
}
export type FollowingOrder = Calling & {
  /** Go on behind the event with this sequence. */
  readonly after?: number
}

/** So often in a row without a connection, and the caller is told. */
const patience = 4

/** What takes more than one call. */
export function makeOrders(api: Api) {
  const never = new AbortController().signal

  async function order(id: string, { signal = never }: Calling = {}): Promise<Order> {
    const response = await api.v1.orders[':id'].$get({ param: { id }, header: {} }, { init: { signal } })
    return response.json()
  }

  /** Sent as often as it takes, and placed once. */
  async function place(wish: PlaceOrder, { key, wait, signal = never }: Placing = {}): Promise<Order> {
    const header = {
      ...(key !== undefined && { 'idempotency-key': `"${key.replaceAll(/["\\]/g, '\\$&')}"` }),
      ...(wait !== undefined && { prefer: `wait=${wait}` }),
    }
    const response = await api.v1.orders.$post({ header, json: wish }, { init: { signal } })
    return response.json()
  }

  /**
   * Every event of an order as it happens, from its first one on, each once, through lost connections. Ends when
   * nothing more will happen to the order, and its document says so too.
   * @throws HttpProblem where there is no such order, or the API stays away.
   */
  async function* follow(
    id: string,
    { after = 0, signal = never }: FollowingOrder = {},
  ): AsyncGenerator<TimelineEntry, void, undefined> {
    if (after > 0) {
      const now = await order(id, { signal })
      if (isOver(now.status) && now.version <= after) return
    }
    const open = (headers: Readonly<Record<string, string>>, connection: AbortSignal) =>
      api.v1.orders[':id'].stream.$get(
        { param: { id }, header: {} },
        { headers: { ...headers }, init: { signal: connection } },
      )
    const onDrop = (failures: number, problem: unknown): void => {
      if (failures >= patience) throw problem
    }
    for await (const { data } of followStream({ open, after: `${after}`, signal, onDrop })) {
      const entry = JSON.parse(data) as TimelineEntry
      yield entry
      if (!isOver(statusIn(entry))) continue
      await orderAt(id, entry.sequence, { signal })
      return
    }
    signal.throwIfAborted()
  }

  /** Places an order and waits until it is sure whether it is delivered: confirmed, rejected or cancelled. */
  async function placeAndWait(wish: PlaceOrder, placing: Omit<Placing, 'wait'> = {}): Promise<Order> {
    const placed = await place(wish, { ...placing, wait: 10 })
    if (isSettled(placed.status)) return placed
    for await (const entry of follow(placed.id, placing)) {
      if (isSettled(statusIn(entry))) return orderAt(placed.id, entry.sequence, placing)
    }
    return order(placed.id, placing)
  }

  /** The stream may be ahead of the order's document for a moment. */
  async function orderAt(id: string, sequence: number, calling: Calling): Promise<Order> {
    for (;;) {
      const now = await order(id, calling)
      if (now.version >= sequence) return now
      await sleep(100, calling.signal ?? never)
    }
  }

  return { order, place, placeAndWait, follow }
}

/** Every event carries the status that it leads to. */
const statusIn = ({ data }: TimelineEntry): OrderStatus => data['status'] as OrderStatus
