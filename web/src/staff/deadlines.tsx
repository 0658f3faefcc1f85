import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Saga } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { actionName, stepName } from '../saga/names.ts'
import { Time } from '../ui/time.tsx'
import { ChangeDeadline } from './change-deadline.tsx'

type Waiting = Saga['waitingFor'][number]
type Running = Waiting & { readonly until: string }

/** How long a customer may take for another payment method is not for staff to move. */
const isMovable = (waiting: Waiting): waiting is Running => waiting.until !== null && waiting.participant !== 'customer'

type Props = { readonly orderId: string; readonly saga: Saga; readonly amount: string }

/** What runs out when, and the means to move it. */
export function Deadlines({ orderId, saga, amount }: Props) {
  const t = useText()
  const running = saga.waitingFor.filter(isMovable)
  if (running.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-label={t('deadline.title')}>
      {running.map((one) => (
        <Deadline key={`${one.step}/${one.action}`} orderId={orderId} running={one} amount={amount} />
      ))}
    </Stack>
  )
}

type OneProps = { readonly orderId: string; readonly running: Running; readonly amount: string }

function Deadline({ orderId, running, amount }: OneProps) {
  const t = useText()
  const [opened, { toggle, close }] = useDisclosure(false)
  const { step, action, until } = running
  const what = `${stepName(t, step)} (${actionName(t, step, action)})`
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Text size="sm">
          {t('deadline.until', { what })} <Time at={until} />
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={opened}
          aria-label={t('deadline.changeNamed', { what })}
          onClick={toggle}
        >
          {t('deadline.change')}
        </Button>
      </Group>
      {opened && <ChangeDeadline {...{ orderId, step, until, action, amount }} onDone={close} />}
    </Stack>
  )
}
