import type { OrderEvent } from '../../domain/saga/event.ts'

/** A stream of one order. */
export type Watcher = {
  /** Sequence of the last event that it has sent. */
  readonly last: () => number
  /** In any order, the same ones again too. */
  readonly offer: (event: OrderEvent) => void
  /** The projection has more than was offered. */
  readonly poke: () => void
  readonly ring: () => void
}

const atOnce = 500

/** One statement for many streams, however often each order is watched. */
export async function sweepWatchers(
  watchers: ReadonlyMap<string, ReadonlySet<Watcher>>,
  look: (ids: readonly string[]) => Promise<ReadonlyMap<string, { readonly version: number }>>,
): Promise<void> {
  const ids = [...watchers.keys()]
  for (let from = 0; from < ids.length; from += atOnce) {
    for (const [id, { version }] of await look(ids.slice(from, from + atOnce))) {
      for (const watcher of watchers.get(id) ?? []) if (watcher.last() < version) watcher.poke()
    }
  }
}
