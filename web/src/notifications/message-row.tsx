import { Group } from '@mantine/core'
import { useText } from '../i18n/use-text.ts'
import { Copyable } from '../ui/copyable.tsx'
import row from '../ui/folded-row.module.css'
import { FoldedRow } from '../ui/folded-row.tsx'
import { TextLink } from '../ui/links.tsx'
import { Time } from '../ui/time.tsx'
import { MessageState } from './message-state.tsx'
import classes from './notifications.module.css'
import type { Message } from './queries.ts'

/** A line each; the event, the tries and the text are below it. */
export function MessageRow({ message }: { readonly message: Message }) {
  const t = useText()
  const { kind, to, subject, status, queuedAt, orderId, customerId } = message
  return (
    <FoldedRow
      columns={classes['summary']}
      summary={
        <>
          <span>
            <span className={row['name']}>{subject}</span>
            <div className={row['small']}>{to ?? t('told.noAccount')}</div>
          </span>
          <span className={row['small']}>{t(`told.kind.${kind}`)}</span>
          <MessageState status={status} />
          <span className={row['small']}>
            <Time at={queuedAt} />
          </span>
        </>
      }
    >
      <Facts message={message} />
      <div className={classes['text']}>{message.text.trim()}</div>
      <Group gap="md">
        {orderId !== null && (
          <TextLink to="/orders/$orderId" params={{ orderId }} size="sm">
            {t('delivery.order')}
          </TextLink>
        )}
        {orderId !== null && (
          <TextLink to="/staff/notifications" search={{ orderId }} size="sm">
            {t('told.sameOrder')}
          </TextLink>
        )}
        <TextLink to="/staff/notifications" search={{ customerId }} size="sm">
          {t('told.sameCustomer')}
        </TextLink>
      </Group>
    </FoldedRow>
  )
}

function Facts({ message }: { readonly message: Message }) {
  const t = useText()
  const { eventId, lane, attempts, cause, settledAt, customerId } = message
  return (
    <dl className={classes['facts']}>
      {eventId !== null && (
        <>
          <dt>{t('told.event')}</dt>
          <dd>
            <Copyable text={eventId} />
          </dd>
        </>
      )}
      <dt>{t('told.customerId')}</dt>
      <dd>
        <Copyable text={customerId} />
      </dd>
      <dt>{t('told.lane')}</dt>
      <dd>{t(`told.lane.${lane}`)}</dd>
      <dt>{t('told.attempts')}</dt>
      <dd className="tabular">{attempts}</dd>
      {cause !== null && (
        <>
          <dt>{t('told.cause')}</dt>
          <dd lang="en">{cause}</dd>
        </>
      )}
      {settledAt !== null && (
        <>
          <dt>{t('told.settledAt')}</dt>
          <dd>
            <Time at={settledAt} />
          </dd>
        </>
      )}
    </dl>
  )
}
