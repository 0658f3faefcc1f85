import type { Pool } from 'mysql2'

export type PoolUse = {
  readonly name: string
  readonly used: number
  readonly idle: number
  readonly limit: number
  readonly waiting: number
}

const known = new Map<Pool, { readonly name: string; readonly limit: number }>()

/** Counts a pool until it is closed. */
export function watchPool(pool: Pool, name: string, limit: number): void {
  known.set(pool, { name, limit })
}

/** By database: a process may have several pools for one. mysql2 tells it in no other way than by its own queues. */
export function poolsInUse(): readonly PoolUse[] {
  const byName = new Map<string, PoolUse>()
  for (const [pool, { name, limit }] of known) {
    if (Reflect.get(pool, '_closed') === true) {
      known.delete(pool)
      continue
    }
    const [all, free, waiting] = ['_allConnections', '_freeConnections', '_connectionQueue'].map((queue) =>
      lengthOf(Reflect.get(pool, queue)),
    )
    const { used = 0, idle = 0, limit: before = 0, waiting: waited = 0 } = byName.get(name) ?? {}
    byName.set(name, {
      name,
      used: used + (all ?? 0) - (free ?? 0),
      idle: idle + (free ?? 0),
      limit: before + limit,
      waiting: waited + (waiting ?? 0),
    })
  }
  return [...byName.values()]
}

function lengthOf(queue: unknown): number {
  const length: unknown = typeof queue === 'object' && queue !== null ? Reflect.get(queue, 'length') : undefined
  if (typeof length !== 'number') throw new Error('the pool of mysql2 is not what it was: see platform/pools.ts')
  return length
}
