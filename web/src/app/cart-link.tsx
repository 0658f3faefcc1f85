import { IconShoppingBag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { pieces } from '../cart/cart.ts'
import { useCart } from '../cart/use-cart.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './shell.module.css'

export function CartLink() {
  const t = useText()
  const count = pieces(useCart())
  return (
    <Link to="/cart" className={classes['cart']} aria-label={t('nav.cart', { count })}>
      <IconShoppingBag size={22} stroke={1.7} aria-hidden />
      {count > 0 && <span className={classes['count']}>{count > 99 ? '99+' : count}</span>}
    </Link>
  )
}
