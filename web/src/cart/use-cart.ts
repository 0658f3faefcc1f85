import { useSyncExternalStore } from 'react'
import type { Cart } from './cart.ts'
import { currentCart, onCartChange } from './store.ts'

export const useCart = (): Cart => useSyncExternalStore(onCartChange, currentCart)
