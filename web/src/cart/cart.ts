export type CartLine = {
  readonly sku: string
  readonly quantity: number
  /** Short of stock, the order waits for it instead of being rejected. */
  readonly allowBackorder?: true
}

/** Prices are not in it: they come from the catalogue, and in the end from the API. */
export type Cart = {
  readonly lines: readonly CartLine[]
  /**
   * The idempotency key of the order this cart becomes. It lives as long as the cart, over a reload too: whoever sends
   * the form again after a lost answer gets the order that was placed.
   */
  readonly key: string
}

export const mostPieces = 1000
export const mostLines = 50

export const emptyCart = (key: string): Cart => ({ lines: [], key })

export const pieces = ({ lines }: Cart): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

export const quantityOf = ({ lines }: Cart, sku: string): number =>
  lines.find((line) => line.sku === sku)?.quantity ?? 0

export const isFull = ({ lines }: Cart): boolean => lines.length >= mostLines

export const add = (cart: Cart, sku: string, quantity = 1): Cart =>
  setQuantity(cart, sku, quantityOf(cart, sku) + quantity)

/** Within what the API takes; none takes the line out. */
export function setQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const wanted = Math.min(mostPieces, Math.max(0, Math.trunc(quantity)))
  if (wanted === 0) return { ...cart, lines: cart.lines.filter((line) => line.sku !== sku) }
  if (quantityOf(cart, sku) > 0) {
    return { ...cart, lines: cart.lines.map((line) => (line.sku === sku ? { ...line, quantity: wanted } : line)) }
  }
  return isFull(cart) ? cart : { ...cart, lines: [...cart.lines, { sku, quantity: wanted }] }
}

export const setBackorder = (cart: Cart, sku: string, isAllowed: boolean): Cart => ({
  ...cart,
  lines: cart.lines.map((line) => {
    if (line.sku !== sku) return line
    const { allowBackorder: _, ...rest } = line
    return isAllowed ? { ...rest, allowBackorder: true } : rest
  }),
})

/** What lies in storage was written by anyone, an older version of this page too. */
export function readCart(stored: string | null, key: string): Cart {
  const found = parse(stored)
  if (typeof found !== 'object' || found === null || !('lines' in found) || !Array.isArray(found.lines)) {
    return emptyCart(key)
  }
  const kept = 'key' in found && typeof found.key === 'string' && found.key !== '' ? found.key : key
  return found.lines.filter(isLine).reduce((cart, line) => {
    const filled = add(cart, line.sku, line.quantity)
    return line.allowBackorder === true ? setBackorder(filled, line.sku, true) : filled
  }, emptyCart(kept))
}

const isLine = (line: unknown): line is CartLine =>
  typeof line === 'object' &&
  line !== null &&
  'sku' in line &&
  typeof line.sku === 'string' &&
  'quantity' in line &&
  Number.isInteger(line.quantity)

function parse(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
