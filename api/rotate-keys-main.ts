import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { activeKid, listKeys, prepareNext, publishedMs, revokeKey, rotateNow } from './identity/key-rotation.ts'
import { loadSigningKeys, rereadMs } from './identity/signing-keys.ts'
import type { IdentityTables } from './identity/tables.ts'
import { isOutage } from './outage.ts'

const usage = `keys:rotate [-- --now] [-- --revoke KID] [-- --list]

Makes the key that will sign access tokens next; it is published first, and signs ${publishedMs / 60_000} minutes later.
  --now         signs with a new key at once; whoever keeps our public keys may refuse its tokens for five minutes
  --revoke KID  ends this key and every token that it has signed; one that signs is replaced at once
  --list        changes nothing, shows the keys
`

const by = { kind: 'command', id: 'keys:rotate' } as const

/** Ends with 0 when it was done, 1 when it could not be, 2 when the command was not understood. */
process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const options = readArguments(args)
  if (typeof options === 'string') return refuse(`${options}\n\n${usage}`, 2)
  const identity = openDatabase<IdentityTables>(readConfig(), 'identity', 2)
  try {
    const refusal = await change(identity, options)
    if (refusal !== undefined) return refuse(refusal, 1)
    for (const { kid, status, not_before, not_after } of await listKeys(identity)) {
      const until = status === 'retiring' ? `until ${not_after?.toISOString() ?? '?'}` : ''
      const since = status === 'retiring' ? '' : `from ${not_before?.toISOString() ?? 'its beginning'}`
      process.stdout.write(`${kid}  ${(status ?? 'retiring').padEnd(8)}  ${since}${until}\n`)
    }
    return 0
  } catch (error) {
    if (!isOutage(error)) throw error
    return refuse('The database can’t be reached: is the system running?', 1)
  } finally {
    await identity.destroy()
  }
}

type Options = { readonly now?: boolean; readonly revoke?: string; readonly list?: boolean }

/** @returns why it could not be done. */
async function change(identity: Kysely<IdentityTables>, { now, revoke, list }: Options): Promise<string | undefined> {
  if (list) return undefined
  // a system that nobody has signed in to yet has no key
  await loadSigningKeys(identity)
  if (now || (revoke !== undefined && revoke === (await activeKid(identity)))) {
    const kid = await rotateNow(identity, by)
    if (kid === undefined) return 'The keys were changed by somebody else at this moment. Look, and try again.'
    process.stdout.write(`${kid} signs from now on, in every process within ${rereadMs / 1000} s.\n`)
  }
  if (revoke !== undefined) {
    if (!(await revokeKey(identity, by, revoke))) return `There is no key ${revoke}.`
    process.stdout.write(`${revoke} is revoked; its tokens are refused within ${rereadMs / 1000} s.\n`)
  }
  if (!now && revoke === undefined && !(await prepareNext(identity, by))) return 'There is a next key already.'
  return undefined
}

function refuse(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

function readArguments(args: readonly string[]): Options | string {
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({ args: [...args], options: { now: flag, revoke: { type: 'string' }, list: flag } }).values
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}
