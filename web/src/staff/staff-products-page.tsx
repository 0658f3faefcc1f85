import { Button, Checkbox, Group, Paper, Text } from '@mantine/core'
import { IconFileImport, IconHistory, IconPackages, IconPencil, IconPlus, IconTransfer } from '@tabler/icons-react'
import { useState } from 'react'
import type { Product } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { AvailabilityNote } from '../shop/availability-note.tsx'
import { findProducts } from '../shop/find.ts'
import { ProductPicture } from '../shop/product-picture.tsx'
import { ProductSearch } from '../shop/product-search.tsx'
import { useProducts } from '../shop/products.ts'
import { Amount } from '../ui/money.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { AdjustStock } from './adjust-stock.tsx'
import { ImportProducts } from './import-products.tsx'
import { ProductForm } from './product-form.tsx'
import classes from './products.module.css'
import { StockLedger } from './stock-ledger.tsx'
import { StockNumbers } from './stock-numbers.tsx'
import { useStock } from './stock.ts'
import { WaitingOrders } from './waiting-orders.tsx'

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'new' | 'import' }
  | { readonly kind: 'edit' | 'adjust' | 'ledger' | 'waiting'; readonly product: Product }

export function StaffProductsPage() {
  const t = useText()
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<Open>({ kind: 'none' })
  const { data, error, isError, isPending, refetch } = useProducts()
  const stock = useStock()
  const [lowOnly, setLowOnly] = useState(false)
  const found = findProducts(data ?? [], words, false).filter(({ sku }) => !lowOnly || stock.get(sku)?.low === true)
  const close = (): void => setOpen({ kind: 'none' })
  return (
    <Page
      title={t('nav.products')}
      intro={t('products.intro')}
      aside={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconFileImport size={18} aria-hidden />}
            onClick={() => setOpen({ kind: 'import' })}
          >
            {t('import.title')}
          </Button>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen({ kind: 'new' })}>
            {t('products.new')}
          </Button>
        </Group>
      }
    >
      <Group gap="lg">
        <ProductSearch words={words} onChange={setWords} />
        <Checkbox
          label={t('stock.lowOnly')}
          checked={lowOnly}
          onChange={(event) => setLowOnly(event.currentTarget.checked)}
        />
      </Group>
      {isPending && <Loading rows={8} height={56} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && found.length === 0 && <Empty icon={<IconPackages size={28} />} title={t('shop.none')} />}
      {found.length > 0 && (
        <Paper withBorder>
          <ul className={classes['rows']} aria-label={t('nav.products')}>
            {found.map((product) => (
              <li key={product.sku} className={classes['row']}>
                <span className={classes['picture']}>
                  <ProductPicture sku={product.sku} />
                </span>
                <div className={classes['what']}>
                  <Text fw={600}>{product.name}</Text>
                  <code className="id">{product.sku}</code>
                  <StockNumbers
                    stock={stock.get(product.sku)}
                    onWaiting={() => setOpen({ kind: 'waiting', product })}
                  />
                </div>
                <AvailabilityNote product={product} />
                <Text fw={600} className={classes['price'] ?? ''}>
                  <Amount of={product.price} />
                </Text>
                <Group gap="xs" wrap="nowrap" className={classes['tools'] ?? ''}>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconTransfer size={15} aria-hidden />}
                    aria-label={t('products.adjustNamed', { name: product.name })}
                    onClick={() => setOpen({ kind: 'adjust', product })}
                  >
                    {t('products.adjust')}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconHistory size={15} aria-hidden />}
                    aria-label={t('stock.ledgerNamed', { name: product.name })}
                    onClick={() => setOpen({ kind: 'ledger', product })}
                  >
                    {t('stock.ledger')}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconPencil size={15} aria-hidden />}
                    aria-label={t('products.editNamed', { name: product.name })}
                    onClick={() => setOpen({ kind: 'edit', product })}
                  >
                    {t('products.edit')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        </Paper>
      )}
      {open.kind === 'adjust' && <AdjustStock product={open.product} onClose={close} />}
      {open.kind === 'new' && <ProductForm onClose={close} />}
      {open.kind === 'edit' && (
        <ProductForm product={open.product} stock={stock.get(open.product.sku)} onClose={close} />
      )}
      {open.kind === 'import' && <ImportProducts onClose={close} />}
      {open.kind === 'waiting' && <WaitingOrders product={open.product} onClose={close} />}
      {open.kind === 'ledger' && <StockLedger product={open.product} onClose={close} />}
    </Page>
  )
}
