import { ActionIcon, Checkbox, NumberInput, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { ProductPicture } from '../shop/product-picture.tsx'
import { Amount } from '../ui/money.tsx'
import { mostPieces, setBackorder, setQuantity } from './cart.ts'
import type { PricedLine } from './priced.ts'
import { changeCart } from './store.ts'
import classes from './cart-line.module.css'

export function CartLineRow({ line }: { readonly line: PricedLine }) {
  const t = useText()
  const { sku, quantity, allowBackorder, product, lineTotal } = line
  const name = product?.name ?? sku
  const isShort = product !== undefined && product.available < quantity
  return (
    <li className={classes['line']}>
      <div className={classes['picture']}>
        <ProductPicture sku={sku} />
      </div>
      <div className={classes['what']}>
        <Text fw={600}>{name}</Text>
        {product ? (
          <Text size="sm" c="dimmed">
            <Amount of={product.price} /> {t('cart.each')}
          </Text>
        ) : (
          <Text size="sm" c="var(--bad)">
            {t('cart.gone')}
          </Text>
        )}
        {isShort && (
          <Text size="sm" c={allowBackorder ? 'dimmed' : 'var(--warn)'}>
            {t(allowBackorder ? 'cart.waits' : 'cart.tooMany', { count: product.available })}
          </Text>
        )}
        {/* what was chosen stays in sight, even when there is enough again */}
        {(isShort || allowBackorder) && (
          <Checkbox
            size="sm"
            mt={6}
            label={t('cart.wait')}
            aria-label={t('cart.waitNamed', { name })}
            checked={allowBackorder}
            onChange={({ currentTarget: { checked } }) => changeCart((cart) => setBackorder(cart, sku, checked))}
          />
        )}
      </div>
      <NumberInput
        className={classes['quantity']}
        aria-label={t('cart.quantityNamed', { name })}
        value={quantity}
        min={1}
        max={mostPieces}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        onChange={(value) => typeof value === 'number' && changeCart((cart) => setQuantity(cart, sku, value))}
      />
      <Text fw={600} className={classes['amount'] ?? ''}>
        {lineTotal ? <Amount of={lineTotal} /> : '–'}
      </Text>
      <ActionIcon
        className={classes['remove']}
        variant="subtle"
        color="gray"
        c="var(--mantine-color-dimmed)"
        size={36}
        aria-label={t('cart.removeNamed', { name })}
        onClick={() => changeCart((cart) => setQuantity(cart, sku, 0))}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  )
}
