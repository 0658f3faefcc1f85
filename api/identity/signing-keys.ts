import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import { isOutage } from '../outage.ts'
import type { IdentityTables } from './tables.ts'

type Imported = Awaited<ReturnType<typeof importJWK>>

export type PublicKey = {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

export type SigningKeys = {
  /** The key that signs. */
  readonly active: { readonly kid: string; readonly key: Imported }
  /** Every key whose tokens are good, by its id. */
  readonly verifying: ReadonlyMap<string, Imported>
  /** What is published: public keys only. */
  readonly jwks: { readonly keys: readonly PublicKey[] }
}

/** The first process that needs a key makes it; all others take that one, as only one row can be active. */
export async function loadSigningKeys(database: Kysely<IdentityTables>, now = new Date()): Promise<SigningKeys> {
  const read = () =>
    database
      .selectFrom('signing_key')
      .selectAll()
      .where((eb) => eb.or([eb('not_after', 'is', null), eb('not_after', '>', now)]))
      .orderBy('created_at', 'desc')
      .execute()
  let rows = await read()
  if (!rows.some(({ status }) => status === 'active')) {
    await database
      .insertInto('signing_key')
      .ignore()
      .values({ ...(await makeKey(now)), status: 'active', not_before: now })
      .execute()
    rows = await read()
  }
  const verifying = new Map<string, Imported>()
  for (const { kid, public_jwk } of rows) verifying.set(kid, await importJWK(parse(public_jwk), 'EdDSA'))
  const active = rows.find(({ status }) => status === 'active')
  if (active === undefined) throw new Error('identity has no active signing key')
  return {
    active: { kid: active.kid, key: await importJWK(parse(active.private_jwk), 'EdDSA') },
    verifying,
    jwks: { keys: rows.map(({ kid, public_jwk }) => published(kid, parse(public_jwk))) },
  }
}

/** What a process knows of the keys is so old at most; a change acts everywhere within this time. */
export const rereadMs = 5_000
/** Ids that nobody knows make one reading in this time, however many come. */
const unknownMs = 1_000

type Keeping = { readonly log?: Pick<Log, 'warn'>; readonly now?: () => number }

/**
 * The keys, kept for a moment. Named a key's id that it does not know, it reads them anew. While the database is away
 * the keys that were read before stay good; a first reading that fails is thrown, and tried again by the next request.
 */
export function keepSigningKeys(database: Kysely<IdentityTables>, { log, now = Date.now }: Keeping = {}) {
  let kept: SigningKeys | undefined
  let readAt = 0
  let unknownAt = 0
  let reading: Promise<SigningKeys> | undefined

  async function read(): Promise<SigningKeys> {
    try {
      kept = await loadSigningKeys(database, new Date(now()))
    } catch (error) {
      if (kept === undefined || !isOutage(error)) throw error
      log?.warn({ err: error }, 'the signing keys could not be read; those that were read before stay good')
    }
    readAt = now()
    return kept
  }

  return (unknownKid?: string): Promise<SigningKeys> => {
    if (unknownKid !== undefined && now() - unknownAt >= unknownMs) {
      unknownAt = now()
      readAt = 0
    }
    if (kept !== undefined && now() - readAt < rereadMs) return Promise.resolve(kept)
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }
}

/** A new key as its row has it, but for its status and times. */
export async function makeKey(now: Date) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const publicJwk = await exportJWK(publicKey)
  return {
    kid: await calculateJwkThumbprint(publicJwk),
    public_jwk: JSON.stringify(publicJwk),
    private_jwk: JSON.stringify(await exportJWK(privateKey)),
    created_at: now,
  }
}

const parse = (text: string): JWK => JSON.parse(text) as JWK

/** Named member by member, so that nothing private can slip out with it. */
const published = (kid: string, { kty = 'OKP', crv = 'Ed25519', x = '' }: JWK): PublicKey => ({
  kty,
  crv,
  x,
  kid,
  alg: 'EdDSA',
  use: 'sig',
})
