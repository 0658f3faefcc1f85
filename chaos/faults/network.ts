import { setTimeout as pause } from 'node:timers/promises'
import type { ServerName } from '../../stack/servers.ts'
import { type Fault, fault } from '../fault.ts'
import type { Weather } from '../link.ts'
import { aWhile } from './processes.ts'

const weather = (name: ServerName, what: string, kind: Weather, ms: number): Fault =>
  fault(`${name} ${what}`, async (world) => {
    const link = world.links[name]
    link.turn(kind)
    try {
      await pause(ms + aWhile(world))
    } finally {
      link.turn({ kind: 'fair' })
    }
  })

/** Each way takes a tenth of a second. */
export const slow = (name: ServerName): Fault => weather(name, 'slow', { kind: 'slow', ms: 100 }, 5_000)
/** Every connection is reset, the new ones too. */
export const cut = (name: ServerName): Fault => weather(name, 'cut off', { kind: 'cut' }, 2_000)
/** Nothing arrives and nobody is told. */
export const hole = (name: ServerName): Fault => weather(name, 'in a black hole', { kind: 'hole' }, 7_000)
