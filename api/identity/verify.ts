import type { Kysely } from 'kysely'
import type { AccessTokens, Person, Principal } from './access-token.ts'
import type { ExternalTokens } from './external-tokens.ts'
import { makeProgramCheck } from './program-check.ts'
import type { IdentityTables } from './tables.ts'

/**
 * Who makes a request. Customers are who their token says; of staff it is asked each time whether they still are, and
 * whether their session lives, as a token that outlives either by ten minutes can do much harm. Programs are asked after too. Staff of
 * another provider have no row here to ask: their token alone says who they are, for as long as that provider lets it
 * live and no longer than AUTH_MAX_AGE_SECONDS.
 */
export function makeVerify(
  accessTokens: Pick<AccessTokens, 'verify'>,
  identity: Kysely<IdentityTables>,
  external?: ExternalTokens,
) {
  const programIsGood = makeProgramCheck(identity)
  return async (token: string): Promise<Principal | undefined> => {
    if (external?.claims(token) === true) return external.verify(token)
    const principal = await accessTokens.verify(token)
    if (principal === undefined || principal.role === 'customer') return principal
    const isGood = principal.role === 'program' ? programIsGood(principal.id) : stillIs(identity, principal)
    return (await isGood) ? principal : undefined
  }
}

async function stillIs(identity: Kysely<IdentityTables>, { id, role, sessionId }: Person): Promise<boolean> {
  const row = await identity
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .where('role', '=', role)
    .where('disabled', '=', 0)
    .$if(sessionId !== undefined, (query) =>
      query.where('id', 'in', (eb) =>
        eb
          .selectFrom('session')
          .select('account_id')
          .where('session.id', '=', sessionId ?? '')
          .where('revoked_at', 'is', null),
      ),
    )
    .executeTakeFirst()
  return row !== undefined
}
