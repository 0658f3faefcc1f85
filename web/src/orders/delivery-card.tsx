import { Paper, Title } from '@mantine/core'
import { countryName } from '../checkout/countries.ts'
import { isOver, type Order } from '../http/contract.ts'
import { useLanguage } from '../i18n/language.ts'
import { hasText } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { Copyable } from '../ui/copyable.tsx'
import classes from './order-cards.module.css'

type Details = Readonly<Record<string, unknown>> | undefined

/** Where it goes, how far it is, and how it is paid. */
export function DeliveryCard({ order }: { readonly order: Order }) {
  const t = useText()
  const { shippingAddress, payment, shipment } = order
  const carrier = textOf(shipment, 'carrier')
  const tracking = textOf(shipment, 'trackingNumber')
  const reference = textOf(payment, 'reference')
  const state = (kind: 'payment' | 'shipment', details: Details): string => {
    const status = textOf(details, 'status')
    const key = `${kind}.${status}`
    return status === undefined
      ? t(isOver(order.status) ? 'order.never' : `${kind}.none`)
      : hasText(key)
        ? t(key)
        : status
  }
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="md">
        {t('order.delivery')}
      </Title>
      <dl className={classes['facts']}>
        <dt>{t('order.address')}</dt>
        <dd>{shippingAddress ? <Address of={shippingAddress} /> : t('order.addressErased')}</dd>
        <dt>{t('order.shipment')}</dt>
        <dd>{state('shipment', shipment)}</dd>
        {carrier !== undefined && (
          <>
            <dt>{t('order.carrier')}</dt>
            <dd>{carrier}</dd>
          </>
        )}
        {tracking !== undefined && (
          <>
            <dt>{t('order.tracking')}</dt>
            <dd>
              <Copyable text={tracking} />
            </dd>
          </>
        )}
        <dt>{t('order.payment')}</dt>
        <dd>{state('payment', payment)}</dd>
        {reference !== undefined && (
          <>
            <dt>{t('order.reference')}</dt>
            <dd>
              <Copyable text={reference} />
            </dd>
          </>
        )}
      </dl>
    </Paper>
  )
}

function Address({ of }: { readonly of: NonNullable<Order['shippingAddress']> }) {
  const language = useLanguage()
  const lines = [of.name, of.line1, of.line2, `${of.postalCode} ${of.city}`, countryName(of.country, language)].filter(
    (line) => line !== undefined,
  )
  return (
    <address className={classes['address']}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </address>
  )
}

function textOf(details: Details, name: string): string | undefined {
  const value = details?.[name]
  return typeof value === 'string' ? value : undefined
}
