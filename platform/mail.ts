import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'
import { isLoopback } from './safe-url.ts'

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Without angle brackets; the same for every try at the same mail. Default: a new one each time. */
  readonly messageId?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Mailer = {
  /** @throws when the mail server did not take it. */
  readonly send: (mail: Mail) => Promise<void>
  readonly close: () => void
}

/**
 * @param connections kept open and used again, for those who send many mails. Default: one for each mail.
 * @returns undefined where no mail server is configured.
 */
export function openMailer(config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>, connections?: number): Mailer | undefined {
  if (config.SMTP_URL === '') return undefined
  // without these a silent server would hold a mail for minutes
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }
  // a lost connection is told: whether the mail went out with it is for the sender to judge
  const kept = { pool: true as const, maxConnections: connections, maxRequeues: 0, maxMessages: 1_000 }
  const { hostname, username } = new URL(config.SMTP_URL)
  // a password goes to another machine over TLS or not at all; whoever is in between could hide that it is offered
  const requireTLS = username !== '' && !isLoopback(hostname)
  const url = { url: config.SMTP_URL, requireTLS, ...timeouts }
  const transport = connections === undefined ? createTransport(url) : createTransport({ ...url, ...kept })
  return {
    send: async ({ to, messageId, headers, ...mail }) => {
      await transport.sendMail({
        ...mail,
        to: { name: '', address: to }, // as text it would be read as a list of addresses
        ...(messageId !== undefined && { messageId: `<${messageId}>` }),
        ...(headers && { headers: { ...headers } }),
        from: config.MAIL_FROM,
        // nothing in a mail may make us read a file or fetch an address
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
    close: () => transport.close(),
  }
}
