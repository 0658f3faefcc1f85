import type { Owner, Reach } from '../../workers/webhook/endpoints.ts'
import type { Principal } from '../identity/access-token.ts'

/** Staff read all endpoints, everybody else their own. */
export const readable = ({ role, id }: Principal): Reach =>
  role === 'admin' || role === 'support' ? 'all' : { of: id }

/** What an admin may also do for others: deliver once more, or take an endpoint away. */
export const tendable = ({ role, id }: Principal): Reach => (role === 'admin' ? 'all' : { of: id })

export const ownerOf = ({ role, id }: Principal): Owner => {
  if (role === 'support') throw new Error('no webhooks for support: the route lets none in')
  return { kind: role, id }
}
