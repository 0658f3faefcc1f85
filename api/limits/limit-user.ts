import type { Context } from 'hono'
import type { Env } from '../env.ts'
import type { Principal } from '../identity/access-token.ts'
import type { Use } from './limits.ts'
import { tellStandings, tooMany } from './standing.ts'

/** Each signed-in user, person or program, has a rate of orders, one of other changes and one of reads. */
export function limitUser(c: Context<Env>, { id }: Principal): void {
  const standing = c.var.limits.take(useOf(c), id)
  tellStandings(c, [standing])
  if (!standing.allowed) throw tooMany('You call faster than your rate. Wait, then go on.', standing.resetSeconds)
}

function useOf({ req: { method, path } }: Context<Env>): Use {
  if (method === 'GET' || method === 'HEAD') return 'reads'
  return path === '/v1/orders' ? 'orders' : 'writes'
}
