import { Grid, NativeSelect, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useMeta } from '../app/meta.ts'
import { useUser } from '../auth/use-session.ts'
import { useLanguage } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import type { FieldErrors } from '../ui/field-errors.ts'
import { countries, likelyCountry, nowhere } from './countries.ts'

export const addressPointers = ['name', 'line1', 'line2', 'city', 'postalCode', 'country'].map(
  (field) => `/shippingAddress/${field}`,
)

export function AddressFields({ errors }: { readonly errors: FieldErrors }) {
  const t = useText()
  const language = useLanguage()
  const { demo } = useMeta()
  const user = useUser()
  const offered = useMemo(() => countries(language), [language])
  const error = (field: string) => errors.at(`/shippingAddress/${field}`)
  return (
    <Grid gap="md">
      <Grid.Col span={12}>
        <TextInput
          name="name"
          label={t('address.name')}
          autoComplete="name"
          defaultValue={user?.name}
          error={error('name')}
          required
        />
      </Grid.Col>
      <Grid.Col span={12}>
        <TextInput
          name="line1"
          label={t('address.line1')}
          autoComplete="address-line1"
          error={error('line1')}
          required
        />
      </Grid.Col>
      <Grid.Col span={12}>
        <TextInput name="line2" label={t('address.line2')} autoComplete="address-line2" error={error('line2')} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, xs: 4 }}>
        <TextInput
          name="postalCode"
          label={t('address.postalCode')}
          autoComplete="postal-code"
          error={error('postalCode')}
          required
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, xs: 8 }}>
        <TextInput name="city" label={t('address.city')} autoComplete="address-level2" error={error('city')} required />
      </Grid.Col>
      <Grid.Col span={12}>
        <NativeSelect
          name="country"
          label={t('address.country')}
          autoComplete="country"
          defaultValue={likelyCountry(navigator.languages)}
          error={error('country')}
          data={[...offered, ...(demo ? [{ value: nowhere, label: t('address.nowhere') }] : [])]}
          required
        />
      </Grid.Col>
    </Grid>
  )
}
