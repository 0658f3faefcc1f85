import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MailServer, startMailServer } from '../tests/support/mail-server.ts'
import { type Mailer, openMailer } from './mail.ts'

let server: MailServer
let mailer: Mailer | undefined
beforeAll(async () => {
  server = await startMailServer()
  mailer = openMailer({ SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_FROM: 'Shop <shop@shop.test>' })
})
afterAll(async () => {
  mailer?.close()
  await server.stop()
})

/** By any line end that a mail server may take for one. */
const headersIn = (source: string): readonly string[] => source.slice(0, source.indexOf('\r\n\r\n')).split(/\r\n|\n|\r/)

it.each(['\r\n', '\n', '\r', '\u2028'])('no line end in what a mail is made of adds a header: %j', async (end) => {
  const evil = `${end}Bcc: victim@evil.test${end}X-Injected: yes${end}${end}Another body`
  const to = `kim-${end.codePointAt(0)}-${end.length}@shop.test`
  await mailer?.send({
    to,
    subject: `News${evil}`,
    text: 'Hello',
    html: '<p>Hello</p>',
    messageId: `one.${to}${evil}`,
    headers: { 'Auto-Submitted': `auto-generated${evil}` },
  })
  const [mail] = server.to(to)
  expect(headersIn(mail?.source ?? '').filter((line) => /^(Bcc|X-Injected)/i.test(line))).toEqual([])
  expect(headersIn(mail?.source ?? '')).toContain(`To: ${to}`)
  expect(server.to('victim@evil.test')).toEqual([])
})

it('a mail goes to one address, whatever is written as one', async () => {
  const before = server.received.length
  for (const to of [
    'kim@shop.test, victim@evil.test',
    'kim@shop.test\r\nRCPT TO:<victim@evil.test>',
    'a@x.test;victim@evil.test',
  ])
    await mailer?.send({ to, subject: 'Hello', text: '', html: '' }).catch(() => undefined) // refused is as good
  expect(server.to('victim@evil.test')).toEqual([])
  expect(server.received.length - before).toBeLessThanOrEqual(3)
})
