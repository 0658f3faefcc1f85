import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../http/client.ts'
import type { Order } from '../http/contract.ts'
import { isProblem } from '../http/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { showOrder } from '../orders/queries.ts'
import { problemText } from '../ui/problem-text.ts'

/** What is asked of the order: the last part of its address, and the body. */
export type Pull = { readonly what: string; readonly body: Readonly<Record<string, unknown>> }

const isConflict = (problem: unknown): boolean => isProblem(problem) && problem.status === 409

/**
 * One act of an admin on an order. Refused because the order has gone on, that is told beside the page: the newest state
 * is read then, and what was clicked may be gone. Every other `error` belongs to the form.
 */
export function useLever(orderId: string) {
  const t = useText()
  const client = useQueryClient()
  const readAgain = () => client.invalidateQueries({ queryKey: ['orders'] })
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: ({ what, body }: Pull) =>
      call<Order>(`/v1/admin/orders/${encodeURIComponent(orderId)}/${what}`, { method: 'POST', body }),
    onSuccess: (answer) => {
      showOrder(client, answer)
      return readAgain()
    },
    onError: (problem) => {
      if (!isConflict(problem)) return
      const closeButtonProps = { 'aria-label': t('close') }
      notifications.show({ message: problemText(t, problem), color: 'orange', autoClose: 10_000, closeButtonProps })
      void readAgain()
    },
  })
  return { mutate, isPending, asked: isPending ? variables.body : undefined, error: isConflict(error) ? null : error }
}
