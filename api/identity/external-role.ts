import type { RoleMap } from '../../platform/role-map.ts'
import type { Role } from './tables.ts'

/** The role that a token of another provider gives: of several the one that may do most, of none customer. */
export function roleOfClaims(claims: Readonly<Record<string, unknown>>, claim: string, map: RoleMap): Role {
  const value = claims[claim] ?? along(claims, claim.split('.'))
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const given = new Set(values.map((one) => (typeof one === 'string' ? map.get(one) : undefined)))
  return (['admin', 'support'] as const).find((role) => given.has(role)) ?? 'customer'
}

/** Some keep roles within another claim: `realm_access.roles`. */
const along = (claims: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (within, name) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, name)
        ? Reflect.get(within, name)
        : undefined,
    claims,
  )
