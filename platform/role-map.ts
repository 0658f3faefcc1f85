const known = ['customer', 'support', 'admin'] as const
type Role = (typeof known)[number]

export type RoleMap = ReadonlyMap<string, Role>
type Read = { readonly kind: 'map'; readonly map: RoleMap } | { readonly kind: 'error'; readonly error: string }

/** Reads `shop-admin=admin,agents=support`: what another provider calls a role, and which of ours it is. */
export function readRoleMap(text: string): Read {
  const map = new Map<string, Role>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue
    // the value may have an equals sign of its own, such as a group of a directory
    const at = entry.lastIndexOf('=')
    const value = entry.slice(0, Math.max(at, 0)).trim()
    const role = known.find((one) => one === entry.slice(at + 1).trim())
    if (value === '' || role === undefined) {
      return { kind: 'error', error: `${entry} is not like value=role, with a role of ${known.join(', ')}` }
    }
    if (map.has(value)) return { kind: 'error', error: `${value} is there twice` }
    map.set(value, role)
  }
  return { kind: 'map', map }
}
