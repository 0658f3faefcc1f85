import { setTimeout as pause } from 'node:timers/promises'
import type { DrillName } from '../../platform/drill.ts'
import type { Role } from '../../stack/processes.ts'
import type { ServerName } from '../../stack/server-plan.ts'
import { poison } from '../faults/poison.ts'
import { aWhile, frozen, killed, late } from '../faults/processes.ts'
import { chargesThenIsSilent } from '../faults/provider.ts'
import { byWebhook } from '../kinds.ts'
import { until } from '../until.ts'
import { sendAgain } from './copies.ts'
import type { Ground } from './ground.ts'
import type { TargetName } from './targets.ts'

export type Drill = {
  /** What has to run here for it. */
  readonly strikes?: TargetName
  readonly strike: (ground: Ground) => Promise<void>
  /** Whether it leaves dead letters that are its own doing; of any other drill they are findings. */
  readonly poisons?: true
}

/** So long it listens to what it then sends again: orders take longer, so some are under way. */
const listenMs = 4_000

export const drills: Readonly<Record<DrillName, Drill>> = {
  duplicate: { strike: ({ config }) => sendAgain(config, listenMs, (copies) => [...copies, ...copies]) },
  // not shuffled: of an order that is over `verify` forgets the numbers, and would take a shuffled copy for a gap
  reorder: { strike: ({ config }) => sendAgain(config, listenMs, (copies) => copies.toReversed()) },
  delay: { strikes: { role: 'payment' }, strike: late('payment').strike },
  poison: { strike: poison.strike, poisons: true },
  killWorkflows: betweenSteps('temporal', killed('temporal').strike),
  killPayment: betweenSteps('payment', killed('payment').strike),
  freezeStock: betweenSteps('stock', frozen('stock').strike),
  brokerDown: down('kafka'),
  databaseDown: down('database'),
  chargedThenSilent: {
    async strike(ground) {
      await chargesThenIsSilent.strike(ground)
      // so long nobody knows: each waits for its answer
      await pause(ground.config.PROVIDER_TIMEOUT_SECONDS * 1000)
    },
  },
}

/** Strikes while an order has what it asked of one service and waits for another. */
function betweenSteps(role: Role, strike: Drill['strike']): Drill {
  return {
    strikes: { role },
    async strike(ground) {
      // its payment takes half a second to be told, so there is time to look
      const id = await ground.load.place(byWebhook)
      await until('an order has its goods', () => hasGoods(ground, id), { everyMs: 20 })
      ground.between(id)
      await strike(ground)
    },
  }
}

async function hasGoods({ customer }: Ground, id: string): Promise<boolean> {
  const timeline = await customer.api.v1.orders[':id'].timeline.$get({ param: { id } })
  return (await timeline.json()).items.some(({ type }) => type === 'order.stock_reserved')
}

/** First it takes connections and says nothing; then it is killed, and started again by whoever supervises it. */
function down(name: ServerName): Drill {
  return {
    strikes: { server: name },
    async strike(ground) {
      const server = ground.system.server(name)
      const before = server.restarts()
      server.kill('SIGSTOP')
      await pause(3_000 + aWhile(ground))
      server.kill('SIGKILL')
      await until(`${name} is started again`, () => server.restarts() > before)
    },
  }
}
