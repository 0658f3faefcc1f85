import type { User } from '../http/contract.ts'
import { every } from '../http/every.ts'
import { type Given, texts } from './search.ts'

export type Role = User['role']
export const roles = every<Role>()(['customer', 'support', 'admin'])
export const readRole = (given: unknown): Role | undefined => roles.find((known) => known === given)

/** Which accounts admins see: of a role, and whose name or address begins like this. */
export type AccountSearch = { readonly role?: Role; readonly q?: string }

export function readAccountSearch(given: Given): AccountSearch {
  const role = readRole(given['role'])
  return { ...(role && { role }), ...texts(given, ['q']) }
}
