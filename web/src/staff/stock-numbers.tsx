import { Anchor, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import type { StockItem } from '../../../api/catalogue.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'
import classes from './products.module.css'

type Props = { readonly stock: StockItem | undefined; readonly onWaiting: () => void }

/** What is there, what is promised, what is awaited and by whom; nothing until it is known. */
export function StockNumbers({ stock, onWaiting }: Props) {
  const t = useText()
  if (stock === undefined) return null
  const { name, onHand, reserved, backordered, low, lowStockThreshold: threshold } = stock
  return (
    <Group gap="sm" className={classes['numbers'] ?? ''}>
      <Text size="sm" c="dimmed">
        {t('stock.numbers', { onHand, reserved })}
      </Text>
      {backordered > 0 && (
        <>
          <Note tone="busy" icon={IconClock} text={t('stock.backordered', { count: backordered })} />
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-label={t('waiting.showNamed', { name })}
            onClick={onWaiting}
          >
            {t('waiting.show')}
          </Anchor>
        </>
      )}
      {low && <Note tone="warn" icon={IconAlertTriangle} text={t('stock.low', { threshold })} />}
    </Group>
  )
}
