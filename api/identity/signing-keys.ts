import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Kysely } from 'kysely'
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
export async function loadSigningKeys(database: Kysely<IdentityTables>): Promise<SigningKeys> {
  const read = () => database.selectFrom('signing_key').selectAll().orderBy('created_at', 'desc').execute()
  let rows = await read()
  if (!rows.some(({ status }) => status === 'active')) {
    await database
      .insertInto('signing_key')
      .ignore()
      .values(await makeKey())
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

/**
 * The keys, read once and kept. A failed attempt is not kept: the process may be older than its database, and the next
 * request asks again.
 */
export function keepSigningKeys(database: Kysely<IdentityTables>): () => Promise<SigningKeys> {
  let kept: Promise<SigningKeys> | undefined
  return () => {
    kept ??= loadSigningKeys(database).catch((error: unknown) => {
      kept = undefined
      throw error
    })
    return kept
  }
}

async function makeKey() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const publicJwk = await exportJWK(publicKey)
  return {
    kid: await calculateJwkThumbprint(publicJwk),
    public_jwk: JSON.stringify(publicJwk),
    private_jwk: JSON.stringify(await exportJWK(privateKey)),
    status: 'active' as const,
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
