import type { Return } from '../http/contract.ts'
import type { Deed } from './queries.ts'

type Waiting = Pick<Return, 'status' | 'needsAttention' | 'lines'>

/** What a return waits for from staff. Money without goods takes an admin's yes. */
export function deedsFor({ status, needsAttention, lines }: Waiting, isAdmin: boolean): readonly Deed[] {
  if (needsAttention) return ['retry']
  if (status === 'requested') return lines.length > 0 || isAdmin ? ['approve', 'decline'] : ['decline']
  return status === 'approved' ? ['receive'] : []
}
