import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminInPerson } from '../access.ts'
import { decodeCursor, encodeCursor, isNumber, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, time } from '../fields.ts'
import { listMails, staffAmong } from '../identity/mail-queue.ts'
import { json, locked, problems } from '../openapi.ts'

const mail = z
  .object({
    id: z.string(),
    to: z.string(),
    subject: z.string(),
    state: z.enum(['waiting', 'sent', 'given_up']),
    queuedAt: time,
    sentAt: time.nullable(),
    text: z.string().nullable(),
    html: z.string().nullable(),
  })
  .openapi('Mail')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/mailbox',
  summary: 'Mails to people, newest first',
  description:
    'Their text is there only where no mail server is configured, and outside the demo never of mails to staff: it may ' +
    'hold a link for the addressee alone.',
  tags: ['Operators'],
  ...adminInPerson,
  request: { query: z.strictObject({ limit: limitField, cursor: cursorField }) },
  responses: {
    200: json(z.object({ items: z.array(mail).readonly(), nextCursor }), 'A page of mails'),
    ...problems(...locked, 'validation_failed'),
  },
})

export function mailboxRoutes({ identity, mailsStay, demo }: Pick<Deps, 'identity' | 'mailsStay' | 'demo'>) {
  return new OpenAPIHono<Env>().openapi(list, async (c) => {
    const { limit = 20, cursor } = c.req.valid('query')
    const [before] = cursor === undefined ? [] : decodeCursor(cursor, [isNumber])
    const found = await listMails(identity, { ...(before !== undefined && { before }), limit: limit + 1 })
    const { rows, ...page } = pageOf(found, limit, ({ id }) => encodeCursor(String(id)))
    // outside the demo one admin must not take over another's account, who is there to be asked
    const hidden = demo
      ? new Set<string>()
      : await staffAmong(
          identity,
          rows.map(({ recipient }) => recipient),
        )
    const shown = (recipient: string): boolean => mailsStay && !hidden.has(recipient)
    const items = rows.map((row) => ({
      id: String(row.id),
      to: row.recipient,
      subject: row.subject,
      state: row.state,
      queuedAt: row.queued_at.toISOString(),
      sentAt: row.sent_at?.toISOString() ?? null,
      text: shown(row.recipient) ? row.body_text : null,
      html: shown(row.recipient) ? row.body_html : null,
    }))
    return c.json({ items, ...page }, 200)
  })
}
