import { newKey } from '../http/once.ts'
import { type Cart, emptyCart, readCart } from './cart.ts'

const storageKey = 'holdfast.cart'
const listeners = new Set<() => void>()

let cart: Cart = readCart(localStorage.getItem(storageKey), newKey())

export const currentCart = (): Cart => cart

export function changeCart(change: (cart: Cart) => Cart): void {
  cart = change(cart)
  localStorage.setItem(storageKey, JSON.stringify(cart))
  tell()
}

/** After it became an order: the next cart is another order. */
export const startOver = (): void => changeCart(() => emptyCart(newKey()))
/** The same things again, knowingly as another order. */
export const renewKey = (): void => changeCart(({ lines }) => ({ lines, key: newKey() }))

export function onCartChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const tell = (): void => {
  for (const listener of listeners) listener()
}

// the same cart in every tab
window.addEventListener('storage', ({ key, newValue }) => {
  if (key !== storageKey) return
  cart = readCart(newValue, newKey())
  tell()
})
