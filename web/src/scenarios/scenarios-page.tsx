import { Alert, Stack } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { useProducts } from '../shop/products.ts'
import { Page } from '../ui/page.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { ScenarioCard } from './scenario-card.tsx'
import { orderFor, scenarios } from './scenarios.ts'

export function ScenariosPage() {
  const t = useText()
  const user = useUser()
  const { data, error, isError, isPending, refetch } = useProducts()
  const staff = isStaff(user)
  return (
    <Page title={t('nav.scenarios')} intro={t('scenarios.intro')}>
      {staff && (
        <Alert icon={<IconInfoCircle />} variant="light">
          {t('scenarios.staff')}
        </Alert>
      )}
      {isPending && <Loading rows={6} height={120} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && (
        <Stack gap="lg">
          {scenarios.map((scenario) => (
            <ScenarioCard
              key={scenario.name}
              scenario={scenario}
              order={orderFor(scenario, data, user?.name ?? '')}
              disabled={staff}
            />
          ))}
        </Stack>
      )}
    </Page>
  )
}
