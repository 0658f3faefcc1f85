import { Checkbox, Group, SimpleGrid, Text, VisuallyHidden } from '@mantine/core'
import { IconZoomExclamation } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ShopSearch } from '../app/search.ts'
import { useText } from '../i18n/use-text.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { findProducts } from './find.ts'
import { ProductCard, ProductCardSkeleton } from './product-card.tsx'
import { ProductSearch } from './product-search.tsx'
import { useProducts } from './products.ts'

const columns = { base: 1, xs: 2, md: 3, lg: 4 }

export function CataloguePage() {
  const t = useText()
  const search = useSearch({ from: '/' })
  const navigate = useNavigate()
  const products = useProducts()
  const [words, setWords] = useState(search.q ?? '')
  const found = findProducts(products.data ?? [], words, search.available === true)

  const keep = (next: ShopSearch): void => void navigate({ to: '/', search: next, replace: true, resetScroll: false })
  // the address is for reloading and sharing; it need not hurry after every key
  useEffect(() => {
    if (words === (search.q ?? '')) return undefined
    const timer = setTimeout(() => keep({ ...(words !== '' && { q: words }), ...onlyAvailable(search) }), 300)
    return () => clearTimeout(timer)
  })

  return (
    <Page title={t('shop.title')} intro={t('shop.intro')}>
      <Group gap="lg" align="center" role="search">
        <ProductSearch words={words} onChange={setWords} />
        <Checkbox
          label={t('shop.availableOnly')}
          checked={search.available === true}
          onChange={(event) =>
            keep({ ...(words !== '' && { q: words }), ...(event.currentTarget.checked && { available: true }) })
          }
        />
        {products.data && (
          <Text c="dimmed" size="sm" role="status" ml={{ base: 0, sm: 'auto' }}>
            {t('shop.count', { count: found.length })}
          </Text>
        )}
      </Group>
      <VisuallyHidden component="h2">{t('shop.products')}</VisuallyHidden>
      {products.isPending && (
        <SimpleGrid cols={columns} spacing="lg">
          {Array.from({ length: 8 }, (_, index) => (
            <ProductCardSkeleton key={index} />
          ))}
        </SimpleGrid>
      )}
      {products.isError && <Failed error={products.error} retry={products.refetch} />}
      {products.data && found.length === 0 && (
        <Empty icon={<IconZoomExclamation size={28} />} title={t('shop.none')} text={t('shop.noneHint')} />
      )}
      {found.length > 0 && (
        <SimpleGrid cols={columns} spacing="lg" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {found.map((product) => (
            <ProductCard key={product.sku} product={product} />
          ))}
        </SimpleGrid>
      )}
    </Page>
  )
}

const onlyAvailable = ({ available }: ShopSearch): ShopSearch => (available ? { available } : {})
