import { sql } from 'kysely'
import type { ReceivedEvent } from '../../../events/envelope.ts'
import { readWholeTopic } from '../../../events/whole-topic.ts'
import type { Config } from '../../../platform/config.ts'
import { databaseName, openDatabase, openServer } from '../../../platform/database.ts'
import type { Log } from '../../../platform/log.ts'
import { migrate } from '../../../platform/migrate.ts'
import { remakeFigures } from '../figures/fold.ts'
import { makeProjection } from '../project.ts'
import { ordersMigrations, type OrdersTables } from '../tables.ts'
import { compare, type Difference, lasting } from './compare.ts'
import { makeGate } from './gate.ts'
import { repair, swap } from './replace.ts'

export type RebuildOptions = {
  /** Only orders whose first event was published in this time; undefined: all. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Says what is different and changes nothing. */
  readonly dryRun: boolean
}

export type Rebuilt = {
  readonly events: number
  readonly seconds: number
  readonly differences: readonly Difference[]
  /** Messages that can't be folded, by partition and offset. */
  readonly refused: readonly string[]
}

/**
 * Folds the topic into new tables beside those that readers see, compares both, and puts the new ones in their place.
 * Readers and the projection itself go on all the while: after the exchange the same events are folded once more into
 * the tables that are read now, until none is left that came in between.
 */
export async function rebuild(config: Config, log: Log, { from, to, dryRun }: RebuildOptions): Promise<Rebuilt> {
  const whole = from === undefined && to === undefined
  const schemas = { live: databaseName(config, 'orders'), rebuilt: databaseName(config, 'orders_rebuilt') }
  const server = openServer(config)
  await claim(server, schemas.rebuilt)
  const discard = () => sql`DROP DATABASE IF EXISTS ${sql.id(schemas.rebuilt)}`.execute(server)
  await discard()
  await migrate(config, 'orders_rebuilt', ordersMigrations)
  const databases = {
    live: openDatabase<OrdersTables>(config, 'orders'),
    rebuilt: openDatabase<OrdersTables>(config, 'orders_rebuilt'),
  }
  let events = 0
  const gate = makeGate(makeProjection(databases.rebuilt))
  const isWanted = whole ? () => true : begunBetween(to)
  const begun = performance.now()
  const topic = await readWholeTopic({
    config,
    log,
    name: 'projection-rebuild',
    from,
    handle: async (batch) => {
      const wanted = batch.filter(isWanted)
      await gate.handle(wanted)
      events += wanted.length
    },
  })
  try {
    await topic.caughtUp()
    const seconds = (performance.now() - begun) / 1000
    const suspected = await compare(server, schemas, whole)
    if (suspected.length > 0) await topic.caughtUp()
    const differences = suspected.length > 0 ? lasting(suspected, await compare(server, schemas, whole)) : []
    const folded = events
    if (!dryRun && whole) {
      await gate.exchange(async () => {
        await swap(server, schemas)
        return makeProjection(databases.live)
      })
      await topic.caughtUp()
    } else if (!dryRun) await repair(server, schemas, differences)
    if (!dryRun) await remakeFigures(databases.live) // whoever keeps them counts them from the new tables
    return { events: folded, seconds, differences, refused: [...topic.refused.keys()] }
  } finally {
    await topic.stop()
    await Promise.all([databases.live.destroy(), databases.rebuilt.destroy()])
    await discard()
    await server.destroy()
  }
}

/** Held by this connection, and given back with it. */
async function claim(server: ReturnType<typeof openServer>, name: string): Promise<void> {
  const { rows } = await sql<{ got: number }>`SELECT GET_LOCK(${name}, 0) AS got`.execute(server)
  if (rows[0]?.got === 1) return
  await server.destroy()
  throw new RebuildUnderWay()
}

/** Orders whose first event is among what is read, and was published before that time; with all their later events. */
function begunBetween(to: Date | undefined) {
  const wanted = new Set<string>()
  return ({ orderId, sequence, time, data }: ReceivedEvent): boolean => {
    const isFirst = sequence === 1 && data.return === undefined
    if (isFirst && (to === undefined || new Date(time) < to)) wanted.add(orderId)
    return wanted.has(orderId)
  }
}

/** The tables that a rebuild folds into are in use: by another one, or by a check that reads only. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay'
  constructor() {
    super('Another rebuild is under way.')
  }
}
