import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { add, isFull, quantityOf } from '../cart/cart.ts'
import { changeCart } from '../cart/store.ts'
import { useCart } from '../cart/use-cart.ts'
import type { Product } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Amount } from '../ui/money.tsx'
import { AvailabilityNote } from './availability-note.tsx'
import { ProductPicture } from './product-picture.tsx'
import classes from './product-card.module.css'

export function ProductCard({ product }: { readonly product: Product }) {
  const t = useText()
  const cart = useCart()
  const canBuy = !isStaff(useUser())
  const inCart = quantityOf(cart, product.sku)
  const { sku, name } = product
  return (
    <Paper component="li" withBorder className={classes['card']}>
      <div className={classes['picture']}>
        <ProductPicture sku={sku} />
      </div>
      <Stack gap={6} p="md" style={{ flex: 1 }}>
        <Title order={3} size="1.02rem">
          {name}
        </Title>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {product.description}
        </Text>
        <AvailabilityNote product={product} />
        <Group justify="space-between" mt="auto" pt="sm" wrap="nowrap">
          <Text fw={650} size="lg">
            <Amount of={product.price} />
          </Text>
          {canBuy && (
            <Button
              size="xs"
              variant={inCart > 0 ? 'light' : 'filled'}
              leftSection={<IconPlus size={16} aria-hidden />}
              disabled={product.available <= inCart || (inCart === 0 && isFull(cart))}
              aria-label={t(inCart > 0 ? 'shop.addAgainNamed' : 'shop.addNamed', { name, count: inCart })}
              onClick={() => changeCart((current) => add(current, sku))}
            >
              {inCart > 0 ? t('shop.inCart', { count: inCart }) : t('shop.add')}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}

export const ProductCardSkeleton = () => (
  <Paper withBorder className={classes['card']} aria-hidden>
    <Skeleton className={classes['picture'] ?? ''} radius={0} />
    <Stack gap="sm" p="md">
      <Skeleton height={18} width="60%" />
      <Skeleton height={14} width="90%" />
      <Skeleton height={30} mt="lg" />
    </Stack>
  </Paper>
)
