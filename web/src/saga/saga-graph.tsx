import { IconCheck, IconFlag3 } from '@tabler/icons-react'
import { type CSSProperties, Fragment } from 'react'
import { useText } from '../i18n/use-text.ts'
import { type Column, layoutOf, type SagaLayout } from './layout.ts'
import type { Saga } from '../http/contract.ts'
import { StepBox } from './step-box.tsx'
import { useNow } from './use-now.ts'
import classes from './saga.module.css'

/** Forward on top, left to right; below it, right to left, what is undone. On a phone one under the other. */
export function SagaGraph({ saga }: { readonly saga: Saga }) {
  const t = useText()
  const layout = layoutOf(saga)
  const now = useNow(saga.waitingFor.length > 0)
  const columns = layout.columns.map(({ kind }) => (kind === 'milestone' ? '92px' : 'minmax(0, 1fr)')).join(' ')
  const style: CSSProperties & { readonly '--columns': string } = { '--columns': columns }
  return (
    <div className={classes['graph']} style={style}>
      <h3 className={classes['lane']}>{t('saga.forward')}</h3>
      <ol className={classes['forward']}>
        {layout.columns.map((column, index) => (
          <ForwardColumn key={index} column={column} now={now} />
        ))}
      </ol>
      <h3 className={classes['lane']}>{t('saga.undo')}</h3>
      <UndoLane layout={layout} now={now} />
    </div>
  )
}

function ForwardColumn({ column, now }: { readonly column: Column; readonly now: number }) {
  const t = useText()
  if (column.kind === 'milestone') {
    return (
      <li className={classes['milestone']} data-reached={column.isReached || undefined}>
        <span className={classes['dot']}>{column.isReached && <IconCheck size={16} aria-hidden />}</span>
        <span>
          {t(`milestone.${column.name}`)}
          <span className={classes['hidden']}> ({t(column.isReached ? 'saga.reached' : 'saga.notReached')})</span>
        </span>
      </li>
    )
  }
  return (
    <li className={classes['stage']}>
      <div className={classes['heading']}>
        {column.kind === 'stage' ? t('saga.stage', { number: column.number }) : t('saga.settlement')}
      </div>
      {column.nodes.map((node) => (
        <StepBox key={node.id} node={node} now={now} />
      ))}
    </li>
  )
}

function UndoLane({ layout, now }: { readonly layout: SagaLayout; readonly now: number }) {
  const t = useText()
  if (layout.undo.length === 0) {
    return <p className={classes['nothing']}>{t(layout.end === undefined ? 'saga.noUndo' : 'saga.nothingToUndo')}</p>
  }
  return (
    <ol className={classes['undo']}>
      {layout.undo.map(({ column, nodes }) => (
        <Fragment key={column}>
          <li className={classes['stage']} style={{ gridColumn: column }}>
            {nodes.map((node) => (
              <StepBox key={node.id} node={node} now={now} />
            ))}
          </li>
        </Fragment>
      ))}
      {layout.end !== undefined && (
        <li className={classes['milestone']} style={{ gridColumn: 1 }} data-end={layout.end}>
          <span className={classes['dot']}>
            <IconFlag3 size={16} aria-hidden />
          </span>
          <span>{t(`status.${layout.end}`)}</span>
        </li>
      )}
    </ol>
  )
}
