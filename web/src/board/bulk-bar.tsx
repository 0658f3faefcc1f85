import { Button, Group, Text } from '@mantine/core'
import { IconArrowBackUp, IconClockPlus, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { idsOf, mostOrders } from './queries.ts'
import type { BoardSearch } from './search.ts'

type Act = 'retry' | 'cancel' | 'extend'
const acts = [
  ['retry', IconRefresh],
  ['extend', IconClockPlus],
  ['cancel', IconArrowBackUp],
] as const

type Props = {
  readonly search: BoardSearch
  readonly shown: readonly string[]
  /** There are more than those that are shown. */
  readonly isMore: boolean
  readonly chosen: readonly string[]
  readonly onChoose: (ids: readonly string[]) => void
}

/** What can be done to all that are chosen. Nothing is done before it was seen what would happen. */
export function BulkBar({ search, shown, isMore, chosen, onChoose }: Props) {
  const t = useText()
  const admin = isAdmin(useUser())
  const [act, setAct] = useState<Act>()
  const all = useMutation({ mutationFn: () => idsOf(search), onSuccess: onChoose })
  const isAll = shown.length > 0 && shown.every((id) => chosen.includes(id))
  return (
    <Group gap="sm">
      <Button size="xs" variant="default" onClick={() => onChoose(isAll ? [] : shown)}>
        {t(isAll ? 'bulk.none' : 'bulk.page')}
      </Button>
      {isMore && (
        <Button size="xs" variant="default" loading={all.isPending} onClick={() => all.mutate()}>
          {t('bulk.all', { most: mostOrders })}
        </Button>
      )}
      {acts
        .filter(([name]) => admin || name === 'cancel')
        .map(([name, Symbol]) => (
          <Button
            key={name}
            size="xs"
            variant={name === 'cancel' ? 'default' : 'filled'}
            disabled={chosen.length === 0}
            leftSection={<Symbol size={14} aria-hidden />}
            onClick={() => setAct(name)}
          >
            {t(`bulk.${name}`)}
          </Button>
        ))}
      <Text size="sm" c="dimmed" role="status">
        {t('bulk.chosen', { count: chosen.length })}
      </Text>
      {act && (
        <BulkDialog
          ids={chosen}
          action={act}
          onClose={(isDone) => {
            setAct(undefined)
            if (isDone) onChoose([])
          }}
        />
      )}
    </Group>
  )
}
