import { Stack, Text } from '@mantine/core'
import { IconArrowForward, IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Redriven } from '../http/contract.ts'
import type { Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { Note } from '../ui/note.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { dryRunQuery, lettersKey, redriveMany, type Which } from './queries.ts'
import { ReasonField } from './reason-field.tsx'
import classes from './letters.module.css'

type Props = { readonly which: Which; readonly onClose: () => void }

/** What would happen comes first; nothing is sent before it was seen. */
export function RedriveMany({ which, onClose }: Props) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const dry = useQuery(dryRunQuery(which))
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: () => redriveMany(which, reason.trim()),
    onSuccess: (answer) => {
      notice(told(t, answer))
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: lettersKey }),
  })
  const errors = useFieldErrors(error, ['/reason'])
  const count = dry.data ? counted(dry.data, 'redriven') : 0

  function send(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (count > 0 && !isPending) mutate()
  }

  return (
    <Dialog onClose={onClose} title={t('letters.redriveMany')} size="lg">
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <FormProblem error={error} others={errors.others} />
          {dry.isPending && <Loading rows={2} height={28} />}
          {dry.isError && <Failed error={dry.error} retry={dry.refetch} />}
          {dry.data && <WouldHappen result={dry.data} />}
          <ReasonField value={reason} error={errors.at('/reason')} onChange={setReason} onMended={reset} />
          <DialogEnd
            onCancel={onClose}
            text={t('letters.redriveCount', { count })}
            isPending={isPending}
            isReady={count > 0}
          />
        </Stack>
      </form>
    </Dialog>
  )
}

const counted = ({ items }: Redriven, fate: Redriven['items'][number]['fate']): number =>
  items.filter((item) => item.fate === fate).length

/** What became of them, which may be other than the dry run said: somebody else may have been faster. */
const told = (t: Translate, answer: Redriven): string => {
  const sent = t('letters.sent', { count: counted(answer, 'redriven') })
  return answer.more ? `${sent} ${t('letters.more')}` : sent
}

function WouldHappen({ result }: { readonly result: Redriven }) {
  const t = useText()
  const [sent, unreadable, gone] = [
    counted(result, 'redriven'),
    counted(result, 'unreadable'),
    counted(result, 'notOpen'),
  ]
  const refused = result.items.filter(({ fate }) => fate === 'unreadable')
  return (
    <Stack gap="xs">
      <Text size="sm">{t('letters.dryRun')}</Text>
      <Note tone={sent > 0 ? 'good' : 'calm'} icon={IconCheck} text={t('letters.wouldSend', { count: sent })} />
      {unreadable > 0 && <Note tone="bad" icon={IconX} text={t('letters.wouldStay', { count: unreadable })} />}
      {gone > 0 && <Note tone="calm" icon={IconArrowForward} text={t('letters.notOpen', { count: gone })} />}
      {refused.length > 0 && (
        <ul className={classes['refused']} tabIndex={0} aria-label={t('letters.refused')}>
          {refused.map(({ id, problem }) => (
            <li key={id}>
              <code className="id">{id}</code> <span lang="en">{problem}</span>
            </li>
          ))}
        </ul>
      )}
      {result.more && <Text size="sm">{t('letters.moreLater')}</Text>}
    </Stack>
  )
}
