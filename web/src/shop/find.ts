import type { Product } from '../http/contract.ts'

/** Every word has to be somewhere in name, description or SKU; accents and case don't matter. */
export function findProducts(products: readonly Product[], search: string, availableOnly: boolean): readonly Product[] {
  const words = plain(search).split(/\s+/).filter(Boolean)
  return products.filter((product) => {
    const text = plain(`${product.name} ${product.description} ${product.sku}`)
    return words.every((word) => text.includes(word)) && (!availableOnly || product.available > 0)
  })
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

export type Availability = 'soldOut' | 'few' | 'plenty'

export const availabilityOf = ({ available }: Product): Availability =>
  available <= 0 ? 'soldOut' : available <= 10 ? 'few' : 'plenty'
