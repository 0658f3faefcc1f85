import { randomUUID } from 'node:crypto'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createAccount } from '../api/identity/accounts.ts'
import { changeAccount } from '../api/identity/admin-accounts.ts'
import { sendDue } from '../api/identity/mail-sender.ts'
import { askForReset } from '../api/identity/password-reset.ts'
import { identityMigrations, type IdentityTables, type Role } from '../api/identity/tables.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { openMailer } from '../platform/mail.ts'
import { migrate } from '../platform/migrate.ts'

const newPerson = () => ({ email: `${randomUUID()}@shop.test`, password: `pass-${randomUUID()}`, name: 'Ada Example' })

describe('identity’s own database', () => {
  const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
  const identity = openDatabase<IdentityTables>(config, 'identity')
  const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
  beforeAll(() => migrate(config, 'identity', identityMigrations))
  afterAll(() => identity.destroy())

  const idOf = async (role: Role) => (await createAccount(identity, { ...newPerson(), role }))?.id ?? ''

  it('keeps one enabled admin, whoever changes whom at once', async () => {
    const ids = [await idOf('admin'), await idOf('admin'), await idOf('admin')]
    const results = await Promise.all(
      ids.map((id, index) => changeAccount(identity, id, index === 0 ? { disabled: true } : { role: 'customer' })),
    )
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'changed', 'lastAdmin'])
  })

  it('writes the same rows where nobody has the address, and the sender throws them away', async () => {
    await askForReset(identity, 'nobody@shop.test', 'https://shop.test')
    const before = await identity.selectFrom('mail').select(['recipient', 'state']).execute()
    expect(before).toEqual([{ recipient: '', state: 'waiting' }])
    await sendDue({ identity, mailer: undefined, log })
    expect(await identity.selectFrom('mail').select('id').execute()).toEqual([])
  })

  it('sends each mail once over SMTP, however many do so, tries a refused one again, and erases the text', async () => {
    const taken: string[] = []
    let refusals = 1
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (refusals > 0) {
            refusals -= 1
            return done(new Error('not now'))
          }
          taken.push(Buffer.concat(parts).toString())
          return done()
        })
      },
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const address = server.server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const mailer = openMailer({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'shop@shop.test' })
    const needs = { identity, mailer, log }
    const { email } = (await createAccount(identity, { ...newPerson(), role: 'customer' })) ?? { email: '' }
    await askForReset(identity, email, 'https://shop.test')

    await sendDue(needs)
    const row = () => identity.selectFrom('mail').selectAll().where('recipient', '=', email).executeTakeFirstOrThrow()
    const refused = await row()
    expect(refused).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(refused.last_error).toContain('not now')
    expect(refused.due_at.getTime()).toBeGreaterThan(refused.queued_at.getTime())

    await identity.updateTable('mail').set({ due_at: new Date() }).where('recipient', '=', email).execute()
    await Promise.all([sendDue(needs), sendDue(needs), sendDue(needs)])
    expect(taken).toHaveLength(1)
    expect(taken[0]).toContain(`To: ${email}`)
    expect(await row()).toMatchObject({ state: 'sent', attempts: 2, body_text: '', body_html: '' })
    mailer?.close()
    await new Promise<void>((closed) => server.close(closed))
  })
})
