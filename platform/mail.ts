import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly html: string }

export type Mailer = {
  /** @throws when the mail server did not take it. */
  readonly send: (mail: Mail) => Promise<void>
  readonly close: () => void
}

/** @returns undefined where no mail server is configured. */
export function openMailer(config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>): Mailer | undefined {
  if (config.SMTP_URL === '') return undefined
  // without these a silent server would hold a mail for minutes
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }
  const transport = createTransport({ url: config.SMTP_URL, ...timeouts })
  return {
    send: async (mail) => {
      // nothing in a mail may make us read a file or fetch an address
      await transport.sendMail({ ...mail, from: config.MAIL_FROM, disableFileAccess: true, disableUrlAccess: true })
    },
    close: () => transport.close(),
  }
}
