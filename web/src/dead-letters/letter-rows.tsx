import { Checkbox, Paper } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Letter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { shortId } from '../orders/queries.ts'
import { Time } from '../ui/time.tsx'
import { LetterState } from './letter-state.tsx'
import classes from './letters.module.css'

type Props = {
  readonly letters: readonly Letter[]
  readonly chosen: readonly string[]
  /** Absent for those who may only read. */
  readonly onChoose?: ((ids: readonly string[]) => void) | undefined
}

/** A whole row leads to its letter; open ones can be chosen, to act on many. */
export function LetterRows({ letters, chosen, onChoose }: Props) {
  const t = useText()
  const withChecks = onChoose !== undefined && letters.some(({ state }) => state === 'open')
  const toggle = (id: string): void =>
    onChoose?.(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <Paper withBorder style={{ overflow: 'hidden' }}>
      <ul className={classes['rows']} aria-label={t('operations.letters')}>
        {letters.map((letter) => (
          <li key={letter.id} className={classes['row']} data-plain={!withChecks || undefined}>
            {withChecks && (
              <span className={classes['check']}>
                {letter.state === 'open' && (
                  <Checkbox
                    size="xs"
                    checked={chosen.includes(letter.id)}
                    onChange={() => toggle(letter.id)}
                    aria-label={t('letters.choose', { id: letter.id })}
                  />
                )}
              </span>
            )}
            <div className={classes['what']}>
              <Link to="/staff/dead-letters/$id" params={{ id: letter.id }} className={classes['link']}>
                {letter.type ?? t('letter.noType')}
              </Link>
              <span className={classes['note']}>
                <code>{letter.id}</code>
                {letter.orderId !== null && (
                  <>
                    {' · '}
                    <span className={classes['whole']}>{t('order.title', { id: shortId(letter.orderId) })}</span>
                  </>
                )}
              </span>
            </div>
            <div className={classes['why']}>
              <strong>{letter.cause}</strong>
              <span className={classes['message']} lang="en">
                {letter.message}
              </span>
            </div>
            <span className={classes['state']}>
              <LetterState state={letter.state} />
            </span>
            <span className={classes['time']}>
              <Time at={letter.failedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  )
}
