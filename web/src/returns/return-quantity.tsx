import { NumberInput, Text } from '@mantine/core'
import type { Order } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './returns.module.css'

type Props = {
  readonly line: Order['lines'][number]
  readonly left: number
  readonly value: number
  readonly onChange: (quantity: number) => void
  readonly error: string | undefined
  readonly isFirst: boolean
}

export function ReturnQuantity({ line: { name, quantity }, left, value, onChange, error, isFirst }: Props) {
  const t = useText()
  return (
    <div className={classes['quantity']}>
      <div>
        <Text fw={550}>{name}</Text>
        <Text size="sm" c="dimmed">
          {t('returns.leftOf', { left, bought: quantity })}
        </Text>
      </div>
      <NumberInput
        aria-label={t('returns.quantity', { name })}
        value={value}
        min={0}
        max={left}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        disabled={left === 0}
        error={error}
        onChange={(typed) => onChange(typeof typed === 'number' ? typed : 0)}
        {...(isFirst && { 'data-autofocus': true })}
      />
    </div>
  )
}
