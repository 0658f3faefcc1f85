import { z } from 'zod'
import { http, identity, limits, processes } from './api.ts'
import type { About } from './kinds.ts'
import { mails, webhooks } from './messages.ts'
import { orders, payment, shipping } from './orders.ts'
import { database, kafka, temporal } from './servers.ts'

/** As `docs/configuration.md` tells of them. */
export const sections = [
  { title: 'Processes', settings: processes },
  { title: 'Temporal', settings: temporal },
  { title: 'Kafka', settings: kafka },
  { title: 'Database', settings: database },
  { title: 'API', settings: http },
  { title: 'Limits', settings: limits },
  { title: 'Accounts and access tokens', settings: identity },
  { title: 'Orders and returns', settings: orders },
  { title: 'Payment', settings: payment },
  { title: 'Shipping', settings: shipping },
  { title: 'Mails', settings: mails },
  { title: 'Webhooks to others', settings: webhooks },
] as const

export const environment = z.object({
  ...processes,
  ...temporal,
  ...kafka,
  ...database,
  ...http,
  ...limits,
  ...identity,
  ...orders,
  ...payment,
  ...shipping,
  ...mails,
  ...webhooks,
})

export type Settings = z.infer<typeof environment>

export const aboutOf = (name: keyof typeof environment.shape): About => {
  const { description = '', example, secret, byFile } = environment.shape[name].meta() ?? {}
  return {
    description,
    ...(typeof example === 'string' && { example }),
    secret: secret === true,
    byFile: secret === true || byFile === true,
  }
}

export const settingNames = environment.keyof().options

/** Those that `<NAME>_FILE` may stand for. */
export const namesByFile = settingNames.filter((name) => aboutOf(name).byFile)
