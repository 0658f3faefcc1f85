import type { Action } from '../../domain/saga/event.ts'

export type ModelOrder = {
  readonly lines: readonly { readonly sku: number; readonly quantity: number }[]
  readonly allowBackorder: boolean
}
export type Command =
  | { readonly kind: 'adjust'; readonly sku: number; readonly delta: number }
  | { readonly kind: 'batch'; readonly asks: readonly { readonly order: number; readonly action: Action }[] }

type State = 'none' | 'held' | 'waiting' | 'released' | 'committed'

/** Stock as one would explain it: whoever came first is served first, one after the other, until nothing moves. */
export function makeStockModel(skus: number, orders: readonly ModelOrder[]) {
  const available = Array.from({ length: skus }, () => 0)
  const reserved = Array.from({ length: skus }, () => 0)
  const states: State[] = orders.map(() => 'none')
  const returned = new Set<number>()
  let queue: readonly number[] = []

  const wants = (order: number, sku: number): number =>
    (orders[order]?.lines ?? []).reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
  const waits = (sku: number, ahead = queue.length): number =>
    queue.slice(0, ahead).reduce((sum, order) => sum + wants(order, sku), 0)
  const fits = (order: number, ahead = queue.length): boolean =>
    (orders[order]?.lines ?? []).every(({ sku }) => (available[sku] ?? 0) - waits(sku, ahead) >= wants(order, sku))
  const leave = (order: number): void => {
    queue = queue.filter((one) => one !== order)
  }

  function move(order: number, by: { readonly available: number; readonly reserved: number }): void {
    for (const { sku, quantity } of orders[order]?.lines ?? []) {
      available[sku] = (available[sku] ?? 0) + by.available * quantity
      reserved[sku] = (reserved[sku] ?? 0) + by.reserved * quantity
    }
  }

  function ask(order: number, action: Action): void {
    const state = states[order]
    if (action === 'perform' && state === 'none') {
      if (fits(order)) {
        move(order, { available: -1, reserved: 1 })
        states[order] = 'held'
      } else if (orders[order]?.allowBackorder === true) {
        queue = [...queue, order]
        states[order] = 'waiting'
      }
    } else if (action === 'compensate' && state !== 'committed') {
      if (state === 'held') move(order, { available: 1, reserved: -1 })
      leave(order)
      states[order] = 'released'
    } else if (action === 'commit' && state === 'held') {
      move(order, { available: 0, reserved: -1 })
      states[order] = 'committed'
    } else if (action === 'restock' && !returned.has(order)) {
      move(order, { available: 1, reserved: 0 })
      returned.add(order)
    }
  }

  function serve(): void {
    for (;;) {
      const order = queue.find((one, place) => fits(one, place))
      if (order === undefined) return
      leave(order)
      move(order, { available: -1, reserved: 1 })
      states[order] = 'held'
    }
  }

  return {
    available: available as readonly number[],
    reserved: reserved as readonly number[],
    states: states as readonly State[],
    /** What the queue wants of it, in sum. */
    waits: (sku: number): number => waits(sku),
    run(command: Command): void {
      if (command.kind === 'batch') for (const { order, action } of command.asks) ask(order, action)
      else {
        const next = (available[command.sku] ?? 0) + command.delta
        if (next >= 0) available[command.sku] = next
      }
      serve()
    },
  }
}
