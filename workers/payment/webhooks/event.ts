/** What a provider tells, once its signature is checked. Every field but the id may be wrong without doing harm. */
export type WebhookEvent = {
  readonly provider: string
  readonly id: string
  readonly type: string
  /** The key of the movement that it is about, where it says one that looks like ours. */
  readonly about: { readonly orderId: string; readonly step: string } | undefined
  /** As it came. */
  readonly body: string
}

/** Signed, but not what a webhook of this provider looks like. */
export class UnreadableWebhook extends Error {
  override readonly name = 'UnreadableWebhook'
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldOf = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((at, name) => (isObject(at) ? at[name] : undefined), value)

/** Where each provider puts our key. Stripe: in the metadata of the object, which it copies to charges. */
const keyPaths = { simulator: ['data', 'key'], stripe: ['data', 'object', 'metadata', 'key'] } as const

export const webhookProviders = ['simulator', 'stripe'] as const
export type WebhookProvider = (typeof webhookProviders)[number]

/** @throws UnreadableWebhook */
export function readWebhook(provider: WebhookProvider, body: string): WebhookEvent {
  const parsed = parse(body)
  const [id, type] = [fieldOf(parsed, 'id'), fieldOf(parsed, 'type')]
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(id)) throw new UnreadableWebhook('it has no id')
  if (typeof type !== 'string' || type.length > 128) throw new UnreadableWebhook('it has no type')
  return { provider, id, type, about: aboutOf(fieldOf(parsed, ...keyPaths[provider])), body }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new UnreadableWebhook('it is no JSON')
  }
}

/** Keys are `order:step:action:round`. */
function aboutOf(key: unknown): WebhookEvent['about'] {
  const [, orderId, step] = (typeof key === 'string' && /^([0-9a-f-]{36}):([\w-]{1,64}):\w+:\d+$/.exec(key)) || []
  return orderId === undefined || step === undefined ? undefined : { orderId, step }
}
