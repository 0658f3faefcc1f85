import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { Time } from '../ui/time.tsx'
import { EndpointState } from './endpoint-state.tsx'
import type { Base, Endpoint } from './queries.ts'
import classes from './webhooks.module.css'

export function EndpointRow({ endpoint, base }: { readonly endpoint: Endpoint; readonly base: Base }) {
  const t = useText()
  const user = useUser()
  const { id, url, description, events, owner, breaker, createdAt } = endpoint
  return (
    <li className={classes['row']}>
      <div className={classes['what']}>
        <TextLink to={`${base}/$id`} params={{ id }} className={classes['link'] ?? ''}>
          {url}
        </TextLink>
        {description !== '' && <span>{description}</span>}
        <span className={classes['small']}>{events.join(', ')}</span>
        {owner.id !== user?.id && (
          <span className={classes['small']}>
            {t('webhooks.ownerIs', { kind: t(`webhooks.owner.${owner.kind}`), id: owner.id })}
          </span>
        )}
      </div>
      <div className={classes['state']}>
        <EndpointState endpoint={endpoint} />
        {breaker.failures > 0 && (
          <span className={classes['small']}>{t('webhooks.failures', { count: breaker.failures })}</span>
        )}
        {breaker.nextTryAt !== null && (
          <span className={classes['small']}>
            {t('webhooks.nextTry')} <Time at={breaker.nextTryAt} clock />
          </span>
        )}
      </div>
      <div className={classes['small']}>
        {t('webhooks.since')} <Time at={createdAt} />
      </div>
    </li>
  )
}
