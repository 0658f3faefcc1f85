import { Drawer, Stack, Table, Text } from '@mantine/core'
import type { LedgerItem } from '../../../api/catalogue.ts'
import type { Product } from '../http/contract.ts'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { More } from '../ui/more.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { useLedger } from './stock.ts'

type Props = { readonly product: Product; readonly onClose: () => void }

/** Every change of a product's level, with what it left and who is behind it. */
export function StockLedger({ product, onClose }: Props) {
  const t = useText()
  const list = useLedger(product.sku)
  const { data, error, isPending, isError, refetch } = list
  const items = itemsOf(data)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={t('stock.ledgerNamed', { name: product.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        {isPending && <Loading rows={6} height={40} />}
        {isError && !data && <Failed error={error} retry={refetch} />}
        {data && items.length === 0 && <Text c="dimmed">{t('stock.empty')}</Text>}
        {items.length > 0 && (
          <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('stock.when')}</Table.Th>
                  <Table.Th>{t('stock.what')}</Table.Th>
                  <Table.Th ta="right">{t('stock.available')}</Table.Th>
                  <Table.Th ta="right">{t('stock.reserved')}</Table.Th>
                  <Table.Th ta="right">{t('stock.onHand')}</Table.Th>
                  <Table.Th>{t('stock.why')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((item) => (
                  <Row key={item.version} item={item} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <More of={list} />
      </Stack>
    </Drawer>
  )
}

function Row({ item }: { readonly item: LedgerItem }) {
  const t = useText()
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={item.occurredAt} />
      </Table.Td>
      <Table.Td>{t(`stock.kind.${item.kind}`)}</Table.Td>
      <Count now={item.available} delta={item.availableDelta} />
      <Count now={item.reserved} delta={item.reservedDelta} />
      <Count now={item.onHand} delta={item.availableDelta + item.reservedDelta} />
      <Table.Td>{item.reason ?? <code className="id">{item.cause.slice(0, 8)}</code>}</Table.Td>
    </Table.Tr>
  )
}

/** The number as it was afterwards, and by how much it had moved. */
function Count({ now, delta }: { readonly now: number; readonly delta: number }) {
  return (
    <Table.Td ta="right" className="tabular">
      {now}
      {delta !== 0 && (
        <Text span size="sm" c="dimmed">
          {` (${delta > 0 ? '+' : '−'}${Math.abs(delta)})`}
        </Text>
      )}
    </Table.Td>
  )
}
