import { Button, Paper, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { PlaceOrder } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { eventName } from '../saga/names.ts'
import { Bullet } from '../ui/bullet.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { runScenario } from './run-scenario.ts'
import { ScenarioRun } from './scenario-run.tsx'
import type { Scenario } from './scenarios.ts'
import classes from './scenarios.module.css'

type Props = {
  readonly scenario: Scenario
  readonly order: PlaceOrder | undefined
  readonly disabled: boolean
}

export function ScenarioCard({ scenario, order, disabled }: Props) {
  const t = useText()
  const { name, events } = scenario
  const title = t(`scenario.${name}`)
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (wish: PlaceOrder) => runScenario(scenario, wish, t('scenarios.cancelReason')),
  })
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={title}>
      <div className={classes['card']}>
        <div className={classes['intro']}>
          <Title order={2}>{title}</Title>
          <Text c="dimmed" size="sm">
            {t(`scenario.${name}.text`)}
          </Text>
          <Button
            mt="sm"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            variant={data ? 'default' : 'filled'}
            loading={isPending}
            disabled={disabled || order === undefined}
            aria-label={`${t(data ? 'scenarios.again' : 'scenarios.run')}: ${title}`}
            onClick={() => order && mutate(order)}
          >
            {t(data ? 'scenarios.again' : 'scenarios.run')}
          </Button>
          {order === undefined && <Text size="sm">{t('scenarios.noProduct')}</Text>}
          <FormProblem error={error} others={[]} />
        </div>
        {data ? (
          <ScenarioRun key={data.id} orderId={data.id} scenario={scenario} />
        ) : (
          <div className={classes['expected']}>
            <Text size="sm" fw={600} mb={6}>
              {t('scenarios.expected')}
            </Text>
            <ol className={classes['events']}>
              {events.map((type) => (
                <li key={type} className={classes['event']}>
                  <Bullet state="later" done={t('scenarios.came')} />
                  {eventName(t, { type, data: {} })}
                </li>
              ))}
            </ol>
          </div>
        )}
      </div>
    </Paper>
  )
}
