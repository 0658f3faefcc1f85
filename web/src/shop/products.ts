import { useQuery } from '@tanstack/react-query'
import { call, query } from '../http/client.ts'
import type { Page, Product } from '../http/contract.ts'

export const productsKey = ['products'] as const

/** The whole catalogue, so that searching it is immediate. */
async function allProducts(signal: AbortSignal): Promise<readonly Product[]> {
  const all: Product[] = []
  let cursor: string | undefined
  do {
    const page: Page<Product> = await call(`/v1/products${query({ limit: 100, cursor })}`, { signal })
    all.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

export const useProducts = () =>
  useQuery({ queryKey: productsKey, queryFn: ({ signal }) => allProducts(signal), staleTime: 15_000 })
