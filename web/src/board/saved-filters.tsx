import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextLink } from '../ui/links.tsx'
import { boardKey, boardQuery, dropFilter, keepFilter, usualWait } from './queries.ts'
import { type BoardSearch, filterOf, searchOf } from './search.ts'
import classes from './board.module.css'

/** A person's own, kept with their account; and what is looked for now, to be kept. */
export function SavedFilters({ search }: { readonly search: BoardSearch }) {
  const t = useText()
  const client = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const { data } = useQuery(boardQuery(search.waitingLongerThan ?? usualWait))
  const drop = useMutation({
    mutationFn: dropFilter,
    onSettled: () => client.invalidateQueries({ queryKey: boardKey }),
  })
  const filter = filterOf(search)
  const filters = data?.filters ?? []
  if (filters.length === 0 && filter === undefined) return null
  return (
    <Group gap="sm" align="center">
      {filters.length > 0 && (
        <ul className={classes['saved']} aria-label={t('board.saved')}>
          {filters.map((one) => (
            <li key={one.id}>
              <TextLink to="/staff/orders" search={searchOf(one.filter)} size="sm">
                {one.name}
              </TextLink>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('board.forget', { name: one.name })}
                onClick={() => drop.mutate(one.id)}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {filter !== undefined && !opened && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconBookmark size={14} aria-hidden />} onClick={open}>
          {t('board.keep')}
        </Button>
      )}
      {filter !== undefined && opened && <KeepForm filter={filter} onClose={close} />}
    </Group>
  )
}

function KeepForm({ filter, onClose }: { readonly filter: unknown; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => keepFilter(name.trim(), filter),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: boardKey })
      onClose()
    },
  })
  const errors = useFieldErrors(error, ['/name'])
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="xs" align="flex-start">
        <TextInput
          size="xs"
          aria-label={t('board.name')}
          placeholder={t('board.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors.at('/name')}
          maxLength={60}
          data-autofocus
        />
        <Button size="xs" type="submit" loading={isPending}>
          {t('form.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('form.cancel')}
        </Button>
      </Group>
      <FormProblem error={error} others={errors.others} />
    </form>
  )
}
