import type { Kysely } from 'kysely'
import type { AccessTokens, Person, Principal } from './access-token.ts'
import type { IdentityTables } from './tables.ts'

/**
 * Who makes a request. Customers are who their token says; of staff it is asked each time whether they still are, and
 * whether their session lives, as a token that outlives either by ten minutes can do much harm.
 */
export const makeVerify =
  (accessTokens: Pick<AccessTokens, 'verify'>, identity: Kysely<IdentityTables>) =>
  async (token: string): Promise<Principal | undefined> => {
    const principal = await accessTokens.verify(token)
    if (principal === undefined || principal.role === 'customer' || principal.role === 'program') return principal
    return (await stillIs(identity, principal)) ? principal : undefined
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
