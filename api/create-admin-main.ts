import { parseArgs } from 'node:util'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { z } from 'zod'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { createAccount } from './identity/accounts.ts'
import { passwordField } from './identity/password-field.ts'
import { isOutage } from './outage.ts'
import type { IdentityTables } from './identity/tables.ts'

const usage = `admin:create -- --email EMAIL [--name NAME] [--password PASSWORD]

Makes a member of staff. Without --password it is asked for, or read from the standard input.
`

const wanted = z.object({
  email: z.email('--email has to be an email address').max(254),
  name: z.string().min(1).max(200),
})

/** Ends with 0 when the account was made, 1 when it could not be, 2 when the command was not understood. */
process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const options = readArguments(args)
  if (typeof options === 'string') return refuse(`${options}\n\n${usage}`, 2)
  const given = wanted.safeParse({ email: options.email, name: options.name ?? 'Admin' })
  if (!given.success) return refuse(given.error.issues.map(({ message }) => message).join('\n') + `\n\n${usage}`, 2)
  const password = passwordField.safeParse(options.password ?? (await askForPassword()))
  if (!password.success) {
    return refuse(password.error.issues.map(({ message }) => `The password: ${message}`).join('\n'), 2)
  }
  const identity = openDatabase<IdentityTables>(readConfig(), 'identity', 1)
  try {
    const account = await createAccount(identity, { ...given.data, password: password.data, role: 'admin' })
    if (account === undefined) return refuse(`${given.data.email} has an account already; nothing was changed.`, 1)
    process.stdout.write(`${account.email} is an admin now (${account.id}).\n`)
    return 0
  } catch (error) {
    if (!isOutage(error)) throw error
    return refuse('The database can’t be reached: is the system running?', 1)
  } finally {
    await identity.destroy()
  }
}

function refuse(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: [...args], options: { email: text, name: text, password: text } }).values
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

/** Not shown while it is typed. */
async function askForPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = process.stdin.isTTY
  if (terminal) process.stdout.write('Password: ')
  const lines = createInterface({ input: process.stdin, output: silent, terminal })
  const { value }: IteratorResult<string, undefined> = await lines[Symbol.asyncIterator]().next()
  lines.close()
  if (terminal) process.stdout.write('\n')
  return value ?? ''
}
