import { Radio, Stack, Text } from '@mantine/core'
import { useMeta } from '../app/meta.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './checkout.module.css'

/** The built-in simulator's, which carry the names of Stripe's test methods. */
const simulated = [
  ['pm_card_visa', 'pay.visa', 'pay.visaHint'],
  ['pm_card_visa_chargeDeclined', 'pay.declined', 'pay.declinedHint'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'pay.funds', 'pay.fundsHint'],
  ['pm_sim_noAnswer', 'pay.silent', 'pay.silentHint'],
  ['pm_sim_captureFails', 'pay.capture', 'pay.captureHint'],
] as const

export const usualMethod = 'pm_card_visa'

export function PaymentMethods({ error }: { readonly error: string | undefined }) {
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
      <Stack gap="xs" mt="sm">
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
      </Stack>
    </Radio.Group>
  )
}
