import { Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react'
import type { WholeLetter } from '../http/contract.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { actOnLetter, type LetterAct, letterKey, lettersKey } from './queries.ts'
import { ReasonField } from './reason-field.tsx'

type Props = {
  readonly letter: WholeLetter
  readonly act: Omit<LetterAct, 'reason'>
  readonly title: string
  readonly submit: string
  readonly done: string
  /** Whether there is anything to send. */
  readonly ready?: boolean
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What every act on one letter has: a reason, which stays with it. */
export function LetterForm({ letter, act, title, submit, done, ready = true, wide = false, onClose, children }: Props) {
  const notice = useNotice()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: () => actOnLetter(letter.id, { ...act, reason: reason.trim() }),
    onSuccess: (answer) => {
      client.setQueryData(letterKey(letter.id), answer)
      notice(done)
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: lettersKey }),
  })
  const sent = JSON.stringify(act.data)
  // what was said of other data does not hold for this; nor does what was said of another reason, below
  useEffect(reset, [reset, sent])
  const errors = useFieldErrors(error, ['/reason'])

  function send(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (ready && !isPending) mutate()
  }

  return (
    <Dialog onClose={onClose} title={title} size={wide ? 'xl' : 'md'}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <div style={{ overflowWrap: 'anywhere' }}>
            <FormProblem error={error} others={errors.others} />
          </div>
          {children}
          <ReasonField value={reason} error={errors.at('/reason')} onChange={setReason} onMended={reset} />
          <DialogEnd
            onCancel={onClose}
            text={submit}
            color={act.what === 'discard' ? 'red.9' : undefined}
            isPending={isPending}
            isReady={ready}
          />
        </Stack>
      </form>
    </Dialog>
  )
}
