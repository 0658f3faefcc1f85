import { NativeSelect } from '@mantine/core'
import { type OrderStatus, orderStatuses } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'

type Props = {
  readonly value: OrderStatus | undefined
  readonly onChange: (status: OrderStatus | undefined) => void
}

export function StatusFilter({ value, onChange }: Props) {
  const t = useText()
  const options = orderStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))
  return (
    <NativeSelect
      label={t('orders.status')}
      value={value ?? ''}
      onChange={(event) => onChange(orderStatuses.find((status) => status === event.currentTarget.value))}
      data={[{ value: '', label: t('orders.everyStatus') }, ...options]}
      w={{ base: '100%', xs: 240 }}
    />
  )
}
