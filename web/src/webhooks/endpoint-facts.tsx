import { useText } from '../i18n/use-text.ts'
import cards from '../orders/order-cards.module.css'
import { Copyable } from '../ui/copyable.tsx'
import { Time } from '../ui/time.tsx'
import { EndpointState } from './endpoint-state.tsx'
import type { Endpoint } from './queries.ts'

export function EndpointFacts({ endpoint, isOwn }: { readonly endpoint: Endpoint; readonly isOwn: boolean }) {
  const t = useText()
  const { id, description, events, disabled, breaker, oldSecretUntil, owner, createdAt } = endpoint
  const isOpen = breaker.state === 'open'
  return (
    <dl className={cards['facts']}>
      <dt>{t('webhooks.state')}</dt>
      <dd>
        <EndpointState endpoint={endpoint} />
        {disabled && (
          <div>
            {t('webhooks.disabledAt')} <Time at={disabled.at} />
          </div>
        )}
      </dd>
      <dt>{t('webhooks.breaker')}</dt>
      <dd>
        {t(isOpen ? 'webhooks.breakerOpenText' : 'webhooks.breakerClosedText', { count: breaker.failures })}
        {breaker.openedAt !== null && (
          <div>
            {t('webhooks.openSince')} <Time at={breaker.openedAt} />
          </div>
        )}
        {breaker.nextTryAt !== null && (
          <div>
            {t('webhooks.nextTry')} <Time at={breaker.nextTryAt} clock />
          </div>
        )}
      </dd>
      <dt>{t('webhooks.events')}</dt>
      <dd>{events.join(', ')}</dd>
      {description !== '' && (
        <>
          <dt>{t('webhooks.about')}</dt>
          <dd>{description}</dd>
        </>
      )}
      {oldSecretUntil !== null && (
        <>
          <dt>{t('webhooks.oldSecret')}</dt>
          <dd>
            {t('webhooks.oldSecretUntil')} <Time at={oldSecretUntil} />
          </dd>
        </>
      )}
      {!isOwn && (
        <>
          <dt>{t('webhooks.owner')}</dt>
          <dd>
            {t(`webhooks.owner.${owner.kind}`)} <Copyable text={owner.id} />
          </dd>
        </>
      )}
      <dt>{t('webhooks.since')}</dt>
      <dd>
        <Time at={createdAt} />
      </dd>
      <dt>{t('webhooks.id')}</dt>
      <dd>
        <Copyable text={id} />
      </dd>
    </dl>
  )
}
