import { Alert, Button, Grid, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCloudQuestion, IconLock, IconShoppingBag } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useRef, useState } from 'react'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { Cart } from '../cart/cart.ts'
import { renewKey, startOver } from '../cart/store.ts'
import { useCart } from '../cart/use-cart.ts'
import { askAgainWhenLost, isLost } from '../http/once.ts'
import { isProblem } from '../http/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { orderKey } from '../orders/queries.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { AddressFields, addressPointers } from './address-fields.tsx'
import { CheckoutSummary } from './checkout-summary.tsx'
import { PaymentMethods } from './payment-methods.tsx'
import { placeOrder, readForm } from './place-order.ts'

export function CheckoutPage() {
  const t = useText()
  const current = useCart()
  /** What was ordered, shown until the order's page is there. */
  const [ordered, setOrdered] = useState<Cart>()
  const cart = ordered ?? current
  const staff = isStaff(useUser())
  const navigate = useNavigate()
  const client = useQueryClient()
  const isPlaced = useRef(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) => placeOrder(readForm(form, [...cart.lines]), cart.key),
    ...askAgainWhenLost,
    onSuccess: async (order) => {
      isPlaced.current = true
      client.setQueryData(orderKey(order.id), order)
      // before the page changes: whoever leaves at once must not find a full cart again
      setOrdered(cart)
      startOver()
      await navigate({ to: '/orders/$orderId', params: { orderId: order.id }, replace: true })
    },
  })
  const linePointers = cart.lines.flatMap((_, n) => [`/lines/${n}/sku`, `/lines/${n}/quantity`])
  const errors = useFieldErrors(error, [...addressPointers, ...linePointers, '/paymentMethod'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    // twice within one frame, before the button shows that it is busy
    if (isPending || isPlaced.current) return
    mutate(new FormData(event.currentTarget))
  }

  if (cart.lines.length === 0) {
    return (
      <Page title={t('checkout.title')}>
        <Empty
          icon={<IconShoppingBag size={28} />}
          title={t('cart.empty')}
          action={<ButtonLink to="/">{t('cart.toShop')}</ButtonLink>}
        />
      </Page>
    )
  }
  return (
    <Page title={t('checkout.title')}>
      <form onSubmit={submit} noValidate>
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack gap="lg">
              {isLost(error) ? (
                <Alert color="orange" icon={<IconCloudQuestion />} title={t('checkout.lost')} role="alert">
                  {t('checkout.lostHint')}
                </Alert>
              ) : (
                <FormProblem error={error} others={errors.others} />
              )}
              {isProblem(error, 'idempotency_key_reused') && (
                <Button variant="default" onClick={renewKey}>
                  {t('checkout.another')}
                </Button>
              )}
              <Paper withBorder p={{ base: 'md', sm: 'xl' }}>
                <Title order={2} mb="md">
                  {t('checkout.address')}
                </Title>
                <AddressFields errors={errors} />
              </Paper>
              <Paper withBorder p={{ base: 'md', sm: 'xl' }}>
                <Title order={2} mb="md">
                  {t('checkout.payment')}
                </Title>
                <PaymentMethods error={errors.at('/paymentMethod')} />
              </Paper>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Paper withBorder p="lg" style={{ position: 'sticky', top: 88 }}>
              <Stack gap="md">
                <Title order={2}>{t('checkout.yourOrder')}</Title>
                <CheckoutSummary cart={cart} errors={errors} />
                <Button type="submit" size="md" loading={isPending} disabled={staff} fullWidth>
                  {t(isLost(error) ? 'checkout.again' : 'checkout.place')}
                </Button>
                {staff && <Text size="sm">{t('cart.staff')}</Text>}
                <Text size="sm" c="dimmed" style={{ display: 'flex', gap: 6 }}>
                  <IconLock size={16} aria-hidden style={{ flex: 'none', marginTop: 2 }} /> {t('checkout.once')}
                </Text>
              </Stack>
            </Paper>
          </Grid.Col>
        </Grid>
      </form>
    </Page>
  )
}
