import type { Kysely } from 'kysely'
import type { Config } from '../../../platform/config.ts'
import type { Log } from '../../../platform/log.ts'
import type { Carrier, TrackingNews } from '../carrier.ts'
import type { ShippingTables } from '../tables.ts'
import { startCarrierSimulator } from './simulator.ts'

type Options = {
  readonly database: Kysely<ShippingTables>
  readonly onMovement: (news: TrackingNews & { readonly key: string }) => Promise<void>
  readonly log: Log
}

export type OpenCarrier = {
  readonly carrier: Carrier
  /** Whether it tells of every movement for sure. Others send webhooks, of which some may never come. */
  readonly reportsItself: boolean
  readonly stop: () => Promise<void>
}

/** The carrier that the configuration names. @throws where it lacks settings. */
export async function openCarrier(config: Config, options: Options): Promise<OpenCarrier> {
  switch (config.CARRIER) {
    case 'simulator': {
      const simulator = startCarrierSimulator({
        ...options,
        dispatchDelayMs: config.CARRIER_DISPATCH_DELAY_MS,
        deliveryDelayMs: config.CARRIER_DELIVERY_DELAY_MS,
      })
      return { carrier: simulator, reportsItself: true, stop: simulator.stop }
    }
    case 'easypost': {
      const { makeEasyPost } = await import('./easypost.ts') // its package is not in the way of those who don't use it
      return { carrier: makeEasyPost(config), reportsItself: false, stop: () => Promise.resolve() }
    }
  }
}
