import type { Kysely } from 'kysely'
import { isLive } from './live-service-accounts.ts'
import type { IdentityTables } from './tables.ts'

/** A revoked program is refused everywhere after so long at most. */
const rememberedMs = 5_000
const mostRemembered = 1_000

/** Whether a service account is still good, asked of its row at most every five seconds. */
export function makeProgramCheck(identity: Kysely<IdentityTables>, now: () => number = Date.now) {
  const remembered = new Map<string, { readonly askedAt: number; readonly isGood: Promise<boolean> }>()
  return (id: string): Promise<boolean> => {
    const known = remembered.get(id)
    if (known !== undefined && now() - known.askedAt < rememberedMs) return known.isGood
    const isGood = isLive(identity, id, new Date(now()))
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(id, { askedAt: now(), isGood })
    // an outage is no answer
    isGood.catch(() => remembered.delete(id))
    return isGood
  }
}
