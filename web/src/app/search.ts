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
  const cursor = text(given['cursor'])
  return { ...(status && { status }), ...(cursor !== undefined && { cursor }) }
}

export function readShopSearch(given: Given): ShopSearch {
  const q = text(given['q'])
  return { ...(q !== undefined && { q }), ...(isTrue(given['available']) && { available: true }) }
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

export const text = (value: unknown): string | undefined => {
  const written = typeof value === 'number' ? String(value) : value
  return typeof written === 'string' && written !== '' ? written : undefined
}
const isTrue = (value: unknown): boolean => value === true || value === 'true'

/** RFC 3339, as the API takes it. */
function moment(value: unknown): string | undefined {
  const written = text(value)
  return written !== undefined && !Number.isNaN(Date.parse(written)) ? new Date(written).toISOString() : undefined
}
