import { z } from 'zod'
import { readPorts } from '../ports.ts'
import { count, flag } from './kinds.ts'

export const mails = {
  SMTP_URL: z
    .union([
      z.literal(''),
      z
        .string()
        .regex(/^smtps?:\/\/[^/]/, { error: 'has to begin with smtp:// or smtps://', abort: true })
        .refine((url) => URL.canParse(url), 'has to be a URL; in a password # is %23, / is %2F, @ is %40, % is %25'),
    ])
    .default('')
    .meta({
      description: 'Mail server. None: mails stay in the mailbox that admins can read, see [identity](identity.md).',
      example: 'smtps://user:PASSWORD@mail.example:465',
      secret: true,
    }),
  MAIL_FROM: z.string().min(3).default('Holdfast <no-reply@localhost>').meta({
    description: 'Sender of the mails.',
    example: 'Shop <orders@shop.example>',
  }),
  NOTIFICATIONS_PER_SECOND: count(20, 1).meta({
    description:
      'Messages to customers that one process sends a second, of both lanes together, see [notifications](notifications.md).',
  }),
  NOTIFICATION_CONNECTIONS: count(4, 2).meta({ description: 'Connections to the mail server for them.' }),
  NOTIFICATION_LOG_DAYS: count(30, 2).meta({
    description: 'For so long a message that is over is kept; of older events nobody is told.',
  }),
}

export const webhooks = {
  WEBHOOK_PRIVATE_TARGETS: flag(false).meta({
    description: 'Webhooks to merchants may go to private addresses, and by http: for tests and demos.',
  }),
  WEBHOOK_PORTS: z.string().default('443,8443,80').transform(readPorts).meta({
    description: 'Ports they may go to, separated by commas; `any`: all.',
  }),
  WEBHOOK_ENDPOINTS_PER_ACCOUNT: count(10, 1).meta({ description: 'Endpoints that one account may have.' }),
  WEBHOOK_BREAKER_FAILURES: count(10, 1).meta({
    description: 'So many failures in a row open an endpoint’s circuit breaker.',
  }),
  WEBHOOK_TIME_SCALE: z.coerce.number().positive().max(1).default(1).meta({
    description: 'All pauses between tries, and those of the breaker, times this.',
  }),
  WEBHOOK_TIMEOUT_SECONDS: count(10, 1).pipe(z.int().max(20)).meta({
    description: 'One try is given up after this long; the activity that makes it has 30 s.',
  }),
  WEBHOOK_LOG_DAYS: count(30, 2).meta({
    description: 'For so long the log of deliveries is kept; no older events are delivered.',
  }),
}
