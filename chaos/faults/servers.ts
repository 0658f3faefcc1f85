import { setTimeout as pause } from 'node:timers/promises'
import type { ServerName } from '../../stack/servers.ts'
import { type Fault, fault } from '../fault.ts'
import { aWhile } from './processes.ts'

/** Killed and away for a few seconds, then started again on the same data. */
export const serverKilled = (name: ServerName): Fault =>
  fault(`${name} server killed`, async (world) => {
    const server = world.system.servers[name]
    server.kill('SIGKILL')
    await pause(3_000 + aWhile(world))
    await server.start()
  })

/** Stopped as a careful operator does, and started again. */
export const serverRestarted = (name: ServerName): Fault =>
  fault(`${name} server restarted`, async ({ system }) => {
    const server = system.servers[name]
    await server.stop()
    await server.start()
  })

/** It takes connections and says nothing. */
export const serverFrozen = (name: ServerName): Fault =>
  fault(`${name} server frozen`, async (world) => {
    const server = world.system.servers[name]
    server.kill('SIGSTOP')
    await pause(8_000 + aWhile(world))
    server.kill('SIGCONT')
  })
