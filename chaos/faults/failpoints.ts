import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failpoint } from '../../platform/failpoint.ts'
import type { Role } from '../../stack/processes.ts'
import { type Fault, fault } from '../fault.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

const participants = ['stock', 'payment', 'shipping'] as const
const callers = ['payment', 'shipping'] as const

/** Who passes which line; a line that is added has to be added here. */
export const passers: Readonly<Record<Failpoint, readonly Role[]>> = {
  'order.address_stored': ['api'],
  'order.started': ['api'],
  'publish.asked': ['temporal'],
  'publish.sent': ['temporal'],
  'take_in.written': participants,
  'take_in.committed': participants,
  'take_in.signalled': participants,
  'call.leased': callers,
  'call.made': callers,
  'call.stored': callers,
  'answer.signalled': callers,
  'levels.published': ['stock'],
  'projection.events_written': ['projection'],
  'offset.handled': [...participants, 'projection', 'notification', 'webhook'],
}

/** The process is killed at this very line, and started again without it. */
export const killedAt = (point: Failpoint, role: Role): Fault =>
  fault(`${role} at ${point}`, async (world) => {
    const before = await strikes(world, point, role)
    // it may be killed before it says that it is ready
    await Promise.race([world.system.start(role, role, { FAIL_AT: point }), struck()])
    await struck()
    await world.system.start(role)

    async function struck(): Promise<void> {
      const hasStruck = async () => (await strikes(world, point, role)) > before
      // sooner than it is started again: once is enough
      await until(`${role} passes ${point}`, hasStruck, { everyMs: 50 })
    }
  })

async function strikes({ logDir }: World, point: Failpoint, role: Role): Promise<number> {
  const log = await readFile(join(logDir, `${role}.log`), 'utf8')
  return log.split(`failpoint ${point}\n`).length - 1
}
