import { formatDuration } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { durationOf, type SagaNode } from './layout.ts'
import { actionName, stepName } from './names.ts'
import { nodeLooks } from './node-look.ts'
import { reasonText } from './reason.ts'
import classes from './saga.module.css'

type Props = { readonly node: SagaNode; readonly now: number }

/** State in words and by the sign's shape, how long it took, how often it was asked, and why it went wrong. */
export function StepBox({ node, now }: Props) {
  const t = useText()
  const language = useLocale()
  const { tone, icon: Symbol } = nodeLooks[node.state]
  const duration = durationOf(node, now)
  const left = node.state === 'running' && node.deadlineAt !== undefined ? Date.parse(node.deadlineAt) - now : undefined
  return (
    <div className={classes['box']} data-tone={tone} data-state={node.state} data-node={node.id}>
      <div className={classes['name']}>{stepName(t, node.step)}</div>
      <div className={classes['action']}>{actionName(t, node.step, node.action)}</div>
      <div className={classes['state']}>
        <Symbol size={16} aria-hidden className={node.state === 'running' ? (classes['spin'] ?? '') : ''} />
        {t(node.action === 'compensate' ? `undo.${node.state}` : `node.${node.state}`)}
      </div>
      {(duration !== undefined || node.attempts > 1) && (
        <div className={classes['numbers']}>
          {duration !== undefined && <span>{formatDuration(duration, language)}</span>}
          {node.attempts > 1 && <span>{t('saga.attempts', { count: node.attempts })}</span>}
        </div>
      )}
      {left !== undefined && left < 60_000 && left > 0 && (
        <div className={classes['numbers']}>
          {t('saga.deadline', { time: formatDuration(Math.ceil(left / 1000) * 1000, language) })}
        </div>
      )}
      {node.reason && <div className={classes['reason']}>{reasonText(t, node.reason)}</div>}
    </div>
  )
}
