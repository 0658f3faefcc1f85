import { Group, Text } from '@mantine/core'
import type { Money } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Amount } from '../ui/money.tsx'

export function CartTotal({ total }: { readonly total: Money | undefined }) {
  const t = useText()
  return (
    <div>
      <Group justify="space-between" align="baseline">
        <Text fw={600}>{t('cart.total')}</Text>
        <Text fw={700} fz="1.35rem">
          {total ? <Amount of={total} /> : '–'}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t('cart.included')}
      </Text>
    </div>
  )
}
