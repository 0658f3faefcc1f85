import { type OrderStatus, orderStatuses, type ReturnStatus, returnStatuses } from '../http/contract.ts'

/** What addresses carry behind the `?`. Written by people too, so what makes no sense is dropped. */
export type Given = Readonly<Record<string, unknown>>

export type OrderSearch = {
  readonly status?: OrderStatus
  readonly attention?: true
  readonly customer?: string
  /** From this moment on. */
  readonly placedFrom?: string
  /** Before this moment. */
  readonly placedTo?: string
  /** Came so far; together with a time. */
  readonly reached?: string
  /** Undone because of this; together with a time. */
  readonly compensated?: string
  readonly cursor?: string
}
export type ReturnSearch = { readonly status?: ReturnStatus; readonly cursor?: string }
export type ShopSearch = { readonly q?: string; readonly available?: true }
export type NextSearch = { readonly next?: string }

export function readOrderSearch(given: Given): OrderSearch {
  const status = orderStatuses.find((known) => known === given['status'])
  const [customer, cursor] = [text(given['customer']), text(given['cursor'])]
  const [placedFrom, placedTo] = [moment(given['placedFrom']), moment(given['placedTo'])]
  const isTimed = placedFrom !== undefined && placedTo !== undefined
  const [reached, compensated] = isTimed ? [text(given['reached']), text(given['compensated'])] : []
  return {
    ...(status && { status }),
    ...(isTrue(given['attention']) && { attention: true }),
    ...(customer !== undefined && { customer }),
    ...(placedFrom !== undefined && { placedFrom }),
    ...(placedTo !== undefined && { placedTo }),
    ...(reached !== undefined && { reached }),
    ...(compensated !== undefined && { compensated }),
    ...(cursor !== undefined && { cursor }),
  }
}

export function readReturnSearch(given: Given): ReturnSearch {
  const status = returnStatuses.find((known) => known === given['status'])
  return { ...(status && { status }), ...texts(given, ['cursor']) }
}

export function readShopSearch(given: Given): ShopSearch {
  return { ...texts(given, ['q']), ...(isTrue(given['available']) && { available: true }) }
}

/** Only to a page of ours: an address of somewhere else would make the sign-in page a trap. */
export function readNext(given: Given): NextSearch {
  const next = text(given['next'])
  return next !== undefined && isOwnPath(next) ? { next } : {}
}

/** Asked of the browser's own parser, which takes `/\t/evil.test` for another host. */
function isOwnPath(text: string): boolean {
  const here = 'http://here.invalid'
  return text.startsWith('/') && URL.canParse(text, here) && new URL(text, here).origin === here
}

/** What a filter's fields change; what is undefined or empty is not looked for any more. */
export type Change<Search> = { readonly [name in keyof Search]?: unknown }

/** The address after a change of the filter, which begins at the newest page again; to be read like any other. */
export function changed<Search extends { readonly cursor?: string }>(search: Search, change: Change<Search>): Given {
  const { cursor: _, ...filter } = search
  const given = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(given)
}

export const text = (value: unknown): string | undefined => {
  const written = typeof value === 'number' ? String(value) : value
  return typeof written === 'string' && written !== '' ? written : undefined
}

/** Of an address, those that are there. */
export function texts<Name extends string>(given: Given, names: readonly Name[]): { readonly [name in Name]?: string } {
  const found: { [name in Name]?: string } = {}
  for (const name of names) {
    const value = text(given[name])
    if (value !== undefined) found[name] = value
  }
  return found
}

export const isTrue = (value: unknown): boolean => value === true || value === 'true'

/** RFC 3339, as the API takes it. */
function moment(value: unknown): string | undefined {
  const written = text(value)
  return written !== undefined && !Number.isNaN(Date.parse(written)) ? new Date(written).toISOString() : undefined
}
