import { useQuery } from '@tanstack/react-query'
import type { Order } from '../http/contract.ts'
import { formatMoney } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import classes from '../board/board.module.css'
import { actionName, stepName } from '../saga/names.ts'
import { Failed, Loading } from '../ui/states.tsx'
import { cancellationQuery } from './queries.ts'

/** What a cancellation would undo, in its turn: the order's own guard says it. */
export function WouldUndo({ order }: { readonly order: Order }) {
  const t = useText()
  const language = useLocale()
  const { data, error, isPending, refetch } = useQuery(cancellationQuery(order.id))
  if (isPending) return <Loading rows={1} height={40} />
  if (!data) return <Failed error={error} retry={refetch} />
  const undoes = data.undoes.map(({ step, turn }) =>
    t('happens.undone', { number: turn, step: stepName(t, step), action: actionName(t, step, 'compensate') }),
  )
  return (
    <ul className={classes['happens']} aria-label={t('confirm.happens')}>
      {undoes.length === 0 && <li>{t('happens.nothingUndone')}</li>}
      {undoes.map((one) => (
        <li key={one}>{one}</li>
      ))}
      <li>{t('happens.notCharged', { amount: formatMoney(order.total, language) })}</li>
      <li>{t('happens.final')}</li>
    </ul>
  )
}
