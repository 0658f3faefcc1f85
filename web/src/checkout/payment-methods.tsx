import { Radio, SimpleGrid, Text } from '@mantine/core'
import { useMeta } from '../app/meta.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './checkout.module.css'

/** The built-in simulator's, which carry the names of Stripe's test methods. */
const simulated = [
  ['pm_card_visa', 'pay.visa', 'pay.visaHint'],
  ['pm_card_visa_chargeDeclined', 'pay.declined', 'pay.declinedHint'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'pay.funds', 'pay.fundsHint'],
  ['pm_sim_slow', 'pay.slow', 'pay.slowHint'],
  ['pm_sim_timeoutThenCharged', 'pay.lost', 'pay.lostHint'],
  ['pm_sim_webhook', 'pay.webhook', 'pay.webhookHint'],
  ['pm_sim_noAnswer', 'pay.silent', 'pay.silentHint'],
  ['pm_sim_captureFails', 'pay.capture', 'pay.captureHint'],
] as const

export const usualMethod = 'pm_card_visa'

type Props = {
  readonly error: string | undefined
  /** Where there is room beside each other. */
  readonly columns?: number
}

export function PaymentMethods({ error, columns = 1 }: Props) {
  const t = useText()
  const { demo } = useMeta()
  const offered = demo ? simulated : simulated.slice(0, 1)
  return (
    <Radio.Group
      name="paymentMethod"
      label={t('checkout.method')}
      defaultValue={usualMethod}
      error={error}
      {...(demo && { description: t('checkout.methodDemo') })}
    >
      <SimpleGrid cols={{ base: 1, sm: columns }} spacing="xs" mt="sm">
        {offered.map(([value, label, hint]) => (
          <label key={value} className={classes['method']}>
            <Radio value={value} aria-label={t(label)} aria-describedby={demo ? `${value}-hint` : undefined} mt={2} />
            <span>
              <Text fw={550} component="span" display="block">
                {t(label)}
              </Text>
              {demo && (
                <Text size="sm" c="dimmed" component="span" id={`${value}-hint`}>
                  {t(hint)}
                </Text>
              )}
            </span>
          </label>
        ))}
      </SimpleGrid>
    </Radio.Group>
  )
}
