import { Checkbox, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { call } from '../http/client.ts'
import type { StockItem } from '../../../api/catalogue.ts'
import type { Product } from '../http/contract.ts'
import { formatPlainAmount, parseAmount } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { productsKey } from '../shop/products.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'

type Props = { readonly product?: Product; readonly stock?: StockItem | undefined; readonly onClose: () => void }

const fields = ['/sku', '/name', '/description', '/price/amountMinor', '/lowStockThreshold'] as const
const usualCurrency = 'EUR'

/** A new product, or a change of one: its SKU stays for ever. */
export function ProductForm({ product, stock, onClose }: Props) {
  const t = useText()
  const client = useQueryClient()
  const currency = product?.price.currency ?? usualCurrency
  const thresholdIsKnown = product === undefined || stock !== undefined
  const [isUnreadable, setUnreadable] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (body: unknown) =>
      product
        ? call(`/v1/products/${product.sku}`, { method: 'PATCH', body })
        : call('/v1/products', { method: 'POST', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: productsKey })
      onClose()
    },
  })
  const errors = useFieldErrors(error, fields)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string): string => fieldText(form, name).trim()
    const amountMinor = parseAmount(field('price'), currency)
    setUnreadable(amountMinor === undefined)
    if (amountMinor === undefined) return
    const price = { amountMinor, currency }
    const threshold = thresholdIsKnown && { lowStockThreshold: Number(field('threshold') || '0') }
    const told = { name: field('name'), description: field('description'), price, ...threshold }
    mutate(product ? { ...told, archived: form.get('archived') !== null } : { ...told, sku: field('sku') })
  }

  return (
    <Dialog onClose={onClose} title={product ? t('products.editNamed', { name: product.name }) : t('products.new')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem error={error} others={errors.others} />
          {!product && (
            <TextInput
              name="sku"
              label={t('products.sku')}
              description={t('products.skuHint')}
              error={errors.at('/sku')}
              data-autofocus
              required
            />
          )}
          <TextInput
            name="name"
            label={t('products.name')}
            defaultValue={product?.name}
            error={errors.at('/name')}
            required
          />
          <Textarea
            name="description"
            label={t('products.description')}
            defaultValue={product?.description}
            error={errors.at('/description')}
            autosize
            minRows={2}
          />
          <TextInput
            name="price"
            label={t('products.price', { currency })}
            inputMode="decimal"
            defaultValue={product ? formatPlainAmount(product.price) : ''}
            error={isUnreadable ? t('products.priceUnreadable') : errors.at('/price/amountMinor')}
            required
          />
          {thresholdIsKnown && (
            <NumberInput
              name="threshold"
              label={t('stock.threshold')}
              description={t('stock.thresholdHint')}
              defaultValue={stock?.lowStockThreshold ?? 0}
              allowDecimal={false}
              allowNegative={false}
              error={errors.at('/lowStockThreshold')}
            />
          )}
          {product && (
            <Checkbox name="archived" label={t('products.archive')} description={t('products.archiveHint')} />
          )}
          <DialogEnd onCancel={onClose} text={t('form.save')} isPending={isPending} />
        </Stack>
      </form>
    </Dialog>
  )
}
