import { Group, Paper, Text, Title } from '@mantine/core'
import type { Order } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { ProductPicture } from '../shop/product-picture.tsx'
import { Amount } from '../ui/money.tsx'
import classes from './order-cards.module.css'

export function LinesCard({ order }: { readonly order: Order }) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="sm">
        {t('order.lines')}
      </Title>
      <ul className={classes['lines']}>
        {order.lines.map((line) => (
          <li key={line.sku} className={classes['line']}>
            <span className={classes['picture']}>
              <ProductPicture sku={line.sku} />
            </span>
            <div>
              <Text fw={550}>{line.name}</Text>
              <Text size="sm" c="dimmed">
                {line.quantity} × <Amount of={line.unitPrice} />
                {line.allowBackorder === true && <> · {t('order.mayWait')}</>}
              </Text>
            </div>
            <Text fw={550}>
              <Amount of={line.lineTotal} />
            </Text>
          </li>
        ))}
      </ul>
      <Group justify="space-between" align="baseline" pt="sm" className={classes['total'] ?? ''}>
        <Text fw={600}>{t('cart.total')}</Text>
        <Text fw={700} fz="1.2rem">
          <Amount of={order.total} />
        </Text>
      </Group>
    </Paper>
  )
}
