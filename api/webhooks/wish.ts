import { z } from '@hono/zod-openapi'
import { wildcards } from '../../domain/webhooks/filter.ts'
import { orderKinds } from '../../events/catalogue.ts'
import type { TargetRules } from '../../workers/webhook/targets.ts'
import { refusalOf } from '../../workers/webhook/targets.ts'
import { text } from '../fields.ts'
import { invalid } from '../problem.ts'

const mostUrl = 2000

const url = z.string().min(1).max(mostUrl).openapi({ example: 'https://shop.example/hooks' })
const events = z
  .array(z.enum([...wildcards, ...Object.keys(orderKinds)]))
  .min(1)
  .max(60)
  .refine((given) => new Set(given).size === given.length, {
    message: 'Has one of them twice',
    params: { code: 'repeated' },
  })
  .openapi({ description: 'Types of events, `order.*`, `return.*` or `*`', example: ['order.*'] })
const description = text(200, 0)

export const newEndpointSchema = z
  .strictObject({ url, events, description: description.optional() })
  .openapi('NewWebhookEndpoint', { example: { url: 'https://shop.example/hooks', events: ['order.*'] } })

export const endpointChangeSchema = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    description: description.optional(),
    enabled: z.boolean().optional().openapi({ description: 'true: also closes the circuit breaker' }),
  })
  .openapi('WebhookEndpointChange', { example: { enabled: true } })

/** As it is stored. @throws a problem unless something may be sent there. */
export function goodUrl(given: string, rules: TargetRules): string {
  const refusal = refusalOf(given, rules)
  if (refusal !== undefined) throw invalid([{ pointer: '/url', code: 'target_not_allowed', message: refusal }])
  const { href } = new URL(given)
  if (href.length <= mostUrl) return href
  throw invalid([{ pointer: '/url', code: 'too_big', message: `May have ${mostUrl} characters once it is encoded` }])
}
