import type { Fate } from '../http/contract.ts'
import type { Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { shortId } from '../orders/queries.ts'
import { actionName, stepName } from '../saga/names.ts'
import { Amount } from '../ui/money.tsx'
import { problemText } from '../ui/problem-text.ts'
import { HttpProblem } from '../http/problem.ts'
import classes from './board.module.css'

/** One line for each order: what happens to it, or why nothing does. */
export function Fates({ items }: { readonly items: readonly Fate[] }) {
  const t = useText()
  return (
    <ul className={classes['fates']} tabIndex={0} aria-label={t('bulk.each')}>
      {items.map((fate) => (
        <li key={fate.id}>
          <code className="id">{shortId(fate.id)}</code>
          <span className={`${classes['what']} ${isGood(fate) ? '' : (classes['soft'] ?? '')}`}>{told(t, fate)}</span>
          <span className={classes['sum']}>{fate.total && <Amount of={fate.total} />}</span>
        </li>
      ))}
    </ul>
  )
}

const isGood = ({ outcome }: Fate): boolean => outcome === 'would' || outcome === 'done'

function told(t: Translate, { outcome, deeds, code = '', detail = '' }: Fate): string {
  const why = problemText(t, new HttpProblem(409, code, detail))
  if (outcome === 'refused' || outcome === 'failed') return t(`bulk.${outcome}`, { why })
  const names = deeds.map(({ step, action }) => `${stepName(t, step)}: ${actionName(t, step, action)}`)
  const what = names.length > 0 ? names.join(', ') : t('bulk.nothingOpen')
  if (outcome !== 'done') return what
  // of what was asked beside it
  const rest = code === '' ? '' : ` · ${t('bulk.refused', { why })}`
  return `${t('bulk.done', { what })}${rest}`
}
