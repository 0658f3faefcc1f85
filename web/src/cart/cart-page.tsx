import { Grid, Paper, Stack, Text, Title } from '@mantine/core'
import { IconShoppingBag } from '@tabler/icons-react'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { useProducts } from '../shop/products.ts'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { CartLineRow } from './cart-line-row.tsx'
import { CartTotal } from './cart-total.tsx'
import { priced } from './priced.ts'
import { useCart } from './use-cart.ts'

export function CartPage() {
  const t = useText()
  const cart = useCart()
  const products = useProducts()
  const staff = isStaff(useUser())
  const { lines, total } = priced(cart, products.data ?? [])

  if (cart.lines.length === 0) {
    return (
      <Page title={t('cart.title')}>
        <Empty
          icon={<IconShoppingBag size={28} />}
          title={t('cart.empty')}
          text={t('cart.emptyHint')}
          action={<ButtonLink to="/">{t('cart.toShop')}</ButtonLink>}
        />
      </Page>
    )
  }
  const isBlocked = staff || lines.some(({ product }) => product === undefined)
  return (
    <Page title={t('cart.title')}>
      {products.isPending && <Loading rows={cart.lines.length} height={88} />}
      {products.isError && <Failed error={products.error} retry={products.refetch} />}
      {products.data && (
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Paper withBorder px={{ base: 'md', sm: 'lg' }}>
              <Stack gap={0} component="ul" m={0} p={0}>
                {lines.map((line) => (
                  <CartLineRow key={line.sku} line={line} />
                ))}
              </Stack>
            </Paper>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Paper withBorder p="lg">
              <Stack gap="md">
                <Title order={2}>{t('cart.summary')}</Title>
                <CartTotal total={total} />
                <ButtonLink to="/checkout" fullWidth disabled={isBlocked} aria-disabled={isBlocked || undefined}>
                  {t('cart.checkout')}
                </ButtonLink>
                {staff && <Text size="sm">{t('cart.staff')}</Text>}
                <ButtonLink to="/" variant="subtle" fullWidth>
                  {t('cart.goOn')}
                </ButtonLink>
              </Stack>
            </Paper>
          </Grid.Col>
        </Grid>
      )}
    </Page>
  )
}
