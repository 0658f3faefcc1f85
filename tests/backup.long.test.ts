import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Config, readConfig } from '../platform/config.ts'
import { databaseName, openServer, serviceDatabases } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { backUp, restore } from '../stack/backing-up/backup.ts'
import { roles } from '../stack/processes.ts'
import { type Servers, startServers } from '../stack/servers.ts'
import { startSystem, type System } from '../stack/system.ts'
import { available, newProduct, type Person, register, signInAdmin } from './support/shop.ts'
import { verify } from './support/verify.ts'

const log = makeLog({ LOG_LEVEL: 'silent' }, 'backup')
const report = () => undefined

let dir: string
let servers: Servers
let system: System
let config: Config
let admin: Person
let customer: Person
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-backup-'))
  servers = await startServers({ dataDir: join(dir, 'data'), ports: 'free', report })
  const env = {
    DEMO: '1',
    STEP_DEADLINE_SECONDS: '300',
    RESUME_QUIET_SECONDS: '3',
    CARRIER_DISPATCH_DELAY_MS: '0',
    CARRIER_DELIVERY_DELAY_MS: '0',
  }
  system = await startSystem({ servers, logDir: join(dir, 'logs'), restart: false, env })
  config = readConfig(system.env)
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(async () => {
  await system.stop()
  await servers.stop()
  await rm(dir, { recursive: true, force: true })
})

const place = async (sku: string, count: number): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, async () => (await customer.place({ sku })).body.id))
const untilDelivered = (ids: readonly string[]) => Promise.all(ids.map((id) => customer.until(id, 'delivered', 60_000)))

async function stopProcesses(): Promise<void> {
  await Promise.all(system.processes().map((one) => one.stop()))
}
async function startProcesses(): Promise<void> {
  await Promise.all(roles.map((role) => system.start(role)))
}

/** Placed after the backup: the simulator's book of their parcels was in the databases that were lost. */
const parcelsForgotten: string[] = []

async function expectEverythingElseRight(): Promise<void> {
  const { findings } = await verify(system)
  const found = Object.values(findings).flat()
  expect(found.map(({ orderId, difference }) => `${orderId}: ${difference}`).toSorted()).toEqual(
    parcelsForgotten.map((orderId) => `${orderId}: delivered, but its shipment is unknown`).toSorted(),
  )
}

describe('the databases, lost and restored from a backup', () => {
  it(
    'know every order again, those placed after it too: what Kafka has is taken in once more',
    { timeout: 300_000 },
    async () => {
      const sku = await newProduct(admin, 50)
      const before = await place(sku, 4)
      await untilDelivered(before)
      const during = await place(sku, 3)
      const folder = join(dir, 'backup')
      await backUp({ config, log, report }, folder)
      await expect(backUp({ config, log, report }, folder)).rejects.toThrow('not empty')
      const after = await place(sku, 4)
      await untilDelivered([...during, ...after])

      await expect(restore({ config, log, report }, folder)).rejects.toThrow('Stop the system first')
      await stopProcesses()
      const server = openServer(config)
      for (const name of serviceDatabases)
        await sql`DROP DATABASE ${sql.id(databaseName(config, name))}`.execute(server)
      await server.destroy()
      await restore({ config, log, report }, folder)
      await startProcesses()

      await untilDelivered([...before, ...during, ...after])
      parcelsForgotten.push(...after)
      await vi.waitFor(async () => expect(await available(customer, sku)).toBe(50 - 11), 30_000)
      await expectEverythingElseRight()
    },
  )
})

describe('Temporal’s store, lost with Kafka and MySQL intact', () => {
  it(
    'costs orders that are over nothing, and open ones go on when they are taken up',
    { timeout: 300_000 },
    async () => {
      const sku = await newProduct(admin, 50)
      const [over = ''] = await place(sku, 1)
      await untilDelivered([over])
      await system.process('shipping').stop()
      const open = await place(sku, 3)
      for (const id of open) await vi.waitFor(async () => expect((await customer.timeline(id)).length).toBe(3), 30_000)

      await servers.temporal.stop()
      await rm(join(dir, 'data', 'temporal'), { recursive: true, force: true })
      await servers.temporal.start()
      await system.start('shipping')
      const [fresh = ''] = await vi.waitFor(() => place(sku, 1), 30_000)
      await untilDelivered([fresh])
      expect((await customer.order(over)).status).toBe('delivered')
      expect((await customer.call('GET', `/v1/orders/${over}/saga`)).status).toBe(200)

      const resume = () =>
        promisify(execFile)(
          process.execPath,
          ['dist/api/resume-orders-main.js', '--go-on', '--note', 'the store was lost'],
          { env: { ...process.env, ...system.env } },
        )
      const isResumed = async (id: string) => (await admin.timeline(id)).some(({ type }) => type === 'order.resumed')
      // those whose last event is young are not known to be lost yet: it is run again
      await vi.waitFor(
        async () => {
          await resume()
          expect(await Promise.all(open.map(isResumed))).toEqual([true, true, true])
        },
        { timeout: 90_000, interval: 2_000 },
      )
      await untilDelivered(open)
      await expectEverythingElseRight()
    },
  )
})
