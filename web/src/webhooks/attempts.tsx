import { formatDuration } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { Time } from '../ui/time.tsx'
import type { Attempt, Delivery } from './queries.ts'
import classes from './webhooks.module.css'

/** Each try with what came back, or why nothing did. */
export function Attempts({ of: { id, attempts } }: { readonly of: Delivery }) {
  const t = useText()
  if (attempts.length === 0) return <p className={classes['small']}>{t('delivery.noAttempt')}</p>
  return (
    <ol className={classes['attempts']} aria-label={t('delivery.attemptsOf', { id })}>
      {attempts.map((attempt) => (
        <Row key={attempt.number} attempt={attempt} />
      ))}
    </ol>
  )
}

function Row({ attempt: { number, at, durationMs, status, error, responseStart } }: { readonly attempt: Attempt }) {
  const t = useText()
  const language = useLocale()
  return (
    <li className={classes['attempt']}>
      <span className="tabular">{number}.</span>
      <span>
        <strong className="tabular">{status ?? error}</strong>
        {status !== null && error !== null && <span lang="en"> {error}</span>}
        <span className={classes['small']}>
          {' · '}
          <Time at={at} clock />
          {' · '}
          {formatDuration(durationMs, language)}
        </span>
        {responseStart !== null && responseStart !== '' && (
          <span className={classes['said']}>
            {t('delivery.said')} <code>{responseStart}</code>
          </span>
        )}
      </span>
    </li>
  )
}
