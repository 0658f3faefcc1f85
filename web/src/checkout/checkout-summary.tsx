import { Text } from '@mantine/core'
import { CartTotal } from '../cart/cart-total.tsx'
import { priced } from '../cart/priced.ts'
import type { Cart } from '../cart/cart.ts'
import { useText } from '../i18n/use-text.ts'
import { useProducts } from '../shop/products.ts'
import type { FieldErrors } from '../ui/field-errors.ts'
import { Amount } from '../ui/money.tsx'
import classes from './checkout.module.css'

export function CheckoutSummary({ cart, errors }: { readonly cart: Cart; readonly errors: FieldErrors }) {
  const t = useText()
  const { data = [] } = useProducts()
  const { lines, total } = priced(cart, data)
  return (
    <>
      <div>
        {lines.map(({ sku, quantity, allowBackorder, product, lineTotal }, n) => {
          const error = errors.at(`/lines/${n}/sku`) ?? errors.at(`/lines/${n}/quantity`)
          return (
            <div key={sku} className={classes['line']}>
              <div>
                <Text size="sm">
                  {quantity} × {product?.name ?? sku}
                </Text>
                {allowBackorder && (
                  <Text size="sm" c="dimmed">
                    {t('order.mayWait')}
                  </Text>
                )}
                {error !== undefined && (
                  <Text size="sm" c="var(--bad)" role="alert">
                    {error}
                  </Text>
                )}
              </div>
              <Text size="sm">{lineTotal ? <Amount of={lineTotal} /> : '–'}</Text>
            </div>
          )
        })}
      </div>
      <CartTotal total={total} />
    </>
  )
}
