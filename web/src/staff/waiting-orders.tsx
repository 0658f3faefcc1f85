import { Drawer, Stack, Table, Text } from '@mantine/core'
import type { Product } from '../http/contract.ts'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { More } from '../ui/more.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { useQueue } from './stock.ts'

type Props = { readonly product: Product; readonly onClose: () => void }

/** Which orders wait for a product, in the order in which they are served. */
export function WaitingOrders({ product, onClose }: Props) {
  const t = useText()
  const list = useQueue(product.sku)
  const { data, error, isPending, isError, refetch } = list
  const lines = itemsOf(data)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('waiting.title', { name: product.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('waiting.text')}
        </Text>
        {isPending && <Loading rows={4} height={40} />}
        {isError && !data && <Failed error={error} retry={refetch} />}
        {data && lines.length === 0 && <Text c="dimmed">{t('waiting.none')}</Text>}
        {lines.length > 0 && (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('waiting.order')}</Table.Th>
                <Table.Th ta="right">{t('waiting.quantity')}</Table.Th>
                <Table.Th>{t('waiting.since')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map(({ place, orderId, quantity, since }) => (
                <Table.Tr key={place}>
                  <Table.Td>
                    <TextLink to="/orders/$orderId" params={{ orderId }} className="id">
                      {orderId.slice(0, 8)}
                    </TextLink>
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {quantity}
                  </Table.Td>
                  <Table.Td>
                    <Time at={since} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <More of={list} text={t('waiting.more')} />
      </Stack>
    </Drawer>
  )
}
