import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { LedgerItem, QueuedLine, StockItem } from '../../../api/catalogue.ts'
import { call, query } from '../http/client.ts'
import type { Page } from '../http/contract.ts'
import { pageByPage } from '../http/pages.ts'
import { postOnce } from '../http/once.ts'
import { productsKey } from '../shop/products.ts'

/** Below the products' own key: what makes those old makes these old too. */
const stockKey = [...productsKey, 'stock'] as const

async function allLevels(signal: AbortSignal): Promise<ReadonlyMap<string, StockItem>> {
  const all = new Map<string, StockItem>()
  let cursor: string | undefined
  do {
    const page: Page<StockItem> = await call(`/v1/admin/stock${query({ limit: 100, cursor })}`, { signal })
    for (const item of page.items) all.set(item.sku, item)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

const none: ReadonlyMap<string, StockItem> = new Map()

/** Every level by SKU; empty until it is there. */
export const useStock = (): ReadonlyMap<string, StockItem> =>
  useQuery({ queryKey: stockKey, queryFn: ({ signal }) => allLevels(signal), staleTime: 15_000 }).data ?? none

/** What happened to a product's level, newest first, a page at a time. */
export const useLedger = (sku: string) =>
  useInfiniteQuery({
    queryKey: [...stockKey, 'ledger', sku],
    queryFn: ({ signal, pageParam }) => {
      const page = query({ limit: 50, cursor: pageParam })
      return call<Page<LedgerItem>>(`/v1/admin/products/${sku}/stock-ledger${page}`, { signal })
    },
    ...pageByPage,
  })

/** Who waits for a product, whose turn is first on top. */
export const useQueue = (sku: string) =>
  useInfiniteQuery({
    queryKey: [...stockKey, 'queue', sku],
    queryFn: ({ signal, pageParam }) => {
      const page = query({ limit: 50, cursor: pageParam })
      return call<Page<QueuedLine>>(`/v1/admin/products/${sku}/backorders${page}`, { signal })
    },
    ...pageByPage,
  })

export type Imported = {
  readonly products: readonly { readonly sku: string; readonly was: 'created' | 'changed' }[]
  readonly unchanged: number
}

type Table = { readonly name: string; readonly csv: string; readonly key: string }

/** Stock is counted by it, so what got lost on the way is sent again with its own key. */
export const importProducts = ({ key, ...body }: Table): Promise<Imported> =>
  postOnce<Imported>('/v1/admin/product-imports', body, key)
