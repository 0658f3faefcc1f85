import { Checkbox, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { every } from '../http/every.ts'
import { useText } from '../i18n/use-text.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { type Choices, choicesKey, choicesQuery, saveChoices } from './queries.ts'

const orderMessages = every<keyof Choices['orders']>()([
  'placed',
  'confirmed',
  'dispatched',
  'delivered',
  'cancelled',
  'rejected',
  'needsAction',
])

/** What one gets by mail. Each click is stored at once; what could not be is taken back. */
export function MessageChoices() {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  /** What was clicked and is not stored yet: shown in the click itself, and no answer on its way overwrites it. */
  const [chosen, setChosen] = useState<Choices>()
  const { data, error, isPending, isError, refetch } = useQuery(choicesQuery)
  const save = useMutation({
    mutationFn: saveChoices,
    // one after the other, so the last click is what stays
    scope: { id: 'choices' },
    onSuccess: (stored, sent) => {
      client.setQueryData(choicesKey, stored)
      setChosen((newest) => (newest === sent ? undefined : newest))
      notice(t('choices.saved'))
    },
    onError: () => {
      setChosen(undefined)
      return client.invalidateQueries({ queryKey: choicesKey })
    },
  })
  function choose(next: Choices): void {
    setChosen(next)
    save.mutate(next)
  }
  if (isPending) return <Loading rows={3} height={28} />
  if (isError) return <Failed error={error} retry={refetch} />
  const { orders, campaigns } = chosen ?? data
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('choices.text')}
      </Text>
      <FormProblem error={save.error} others={[]} />
      <Checkbox.Group
        label={t('choices.orders')}
        value={orderMessages.filter((kind) => orders[kind])}
        onChange={(kinds) => {
          const given = orderMessages.map((kind) => [kind, kinds.includes(kind)] as const)
          choose({ orders: { ...orders, ...Object.fromEntries(given) }, campaigns })
        }}
      >
        <Stack gap="xs" mt="xs">
          {orderMessages.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`choices.${kind}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox
        label={t('choices.campaigns')}
        description={t('choices.campaignsHint')}
        checked={campaigns}
        onChange={(event) => choose({ orders, campaigns: event.currentTarget.checked })}
      />
    </Stack>
  )
}
