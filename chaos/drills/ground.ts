import { makeClient } from '../../client/index.ts'
import type { Config } from '../../platform/config.ts'
import { seeded } from '../../platform/seeded.ts'
import { makeLoad } from '../load.ts'
import { clearShelves, fillShelves, register, signedIn, watchful } from '../shop.ts'
import type { World } from '../world.ts'
import type { Targets } from './targets.ts'

/** The system that runs here, as far as a drill touches it. */
export type Ground = Pick<World, 'config' | 'random' | 'customer' | 'admin' | 'load' | 'report'> & {
  readonly system: Targets
  /** Called with the order between two of whose steps the fault is about to strike. */
  readonly between: (orderId: string) => void
  readonly leave: () => Promise<void>
}

export type GroundOptions = {
  readonly config: Config
  readonly system: Targets
  /** The admin's who asked for the drill: what needs one is done in their name. */
  readonly token: string
  readonly seed: number
  readonly between: Ground['between']
  readonly report: (line: string) => void
}

/** A customer of its own, and products that are sold as long as the drill goes on. */
export async function openGround({ config, token, seed, ...rest }: GroundOptions): Promise<Ground> {
  const baseUrl = `http://127.0.0.1:${config.PORT}`
  const admin = makeClient({ baseUrl, token })
  const random = seeded(seed)
  const unexpected: string[] = []
  const customer = signedIn(baseUrl, await register(baseUrl), watchful(unexpected))
  await fillShelves(admin) // last: whoever gets no further leaves nothing in the shop
  const load = makeLoad(customer, random, unexpected)
  return { ...rest, config, random, customer, admin, load, leave: () => clearShelves(admin) }
}
