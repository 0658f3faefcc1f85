import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { uuidPattern } from '../../domain/ids.ts'
import { anyone } from '../access.ts'
import { nobody, recordAudit } from '../audit.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { accessTokenSeconds } from '../identity/access-token.ts'
import { type ClientCredentials, readBasic } from '../identity/client-credentials.ts'
import { checkSecret } from '../identity/service-account-keys.ts'
import { type Scope, scopes } from '../identity/tables.ts'
import { limitAttempts } from '../limits/attempts.ts'
import { json, problems } from '../openapi.ts'
import { invalid, ProblemError } from '../problem.ts'

const field = (most: number) => z.string().max(most)

/** What else is sent is not looked at: RFC 6749, section 3.2. */
const form = z
  .object({
    grant_type: field(100).openapi({ example: 'client_credentials' }),
    scope: field(500).optional().openapi({ example: 'orders:read orders:write' }),
    client_id: field(100).optional(),
    client_secret: field(200).optional(),
  })
  .openapi('TokenRequest', { example: { grant_type: 'client_credentials', scope: 'orders:read orders:write' } })

const formType = 'application/x-www-form-urlencoded'

const formOnly = createMiddleware<Env>(async (c, next) => {
  const [type = ''] = (c.req.header('Content-Type') ?? '').split(';')
  if (type.trim().toLowerCase() !== formType) {
    throw new ProblemError('unsupported_media_type', `Send Content-Type: ${formType}.`)
  }
  await next()
})

const token = createRoute({
  method: 'post',
  path: '/v1/auth/token',
  summary: 'Get an access token for a program',
  description:
    'OAuth 2.0 client credentials. Id and secret of the service account come as HTTP Basic, or as `client_id` and ' +
    '`client_secret` in the body. Without `scope` the token has all scopes of the account. Errors are problems, as ' +
    'everywhere here; their `code` is the one of RFC 6749 where it has one.',
  tags: ['Programs'],
  ...anyone,
  middleware: formOnly,
  request: { body: { content: { [formType]: { schema: form } }, required: true } },
  responses: {
    200: json(
      z.object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.int(),
        scope: z.string().openapi({ description: 'Separated by blanks' }),
      }),
      'Good for ten minutes; ask again then',
    ),
    ...problems(
      'malformed_request',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
      'unsupported_grant_type',
      'invalid_client',
      'invalid_scope',
      'too_many_requests',
    ),
  },
})

/** Tokens for programs. */
export function tokenRoutes(deps: Pick<Deps, 'identity' | 'accessTokens' | 'log' | 'limits' | 'proxies'>) {
  const app = new OpenAPIHono<Env>()
  app.use(token.path, limitAttempts(deps, 'token'))
  return app.openapi(token, async (c) => {
    const given = c.req.valid('form')
    if (given.grant_type !== 'client_credentials') {
      throw new ProblemError('unsupported_grant_type', 'The only one is client_credentials.')
    }
    const client = clientOf(c, given)
    const allowed = client && (await checkSecret(deps.identity, client.id, client.secret))
    if (client === undefined || allowed === undefined) {
      await recordAudit(deps, c, {
        action: 'token.refused',
        actor: nobody,
        // whatever else stands there may be a secret in the wrong place
        target: client !== undefined && uuidPattern.test(client.id) ? client.id : '',
        outcome: 'refused',
      })
      throw new ProblemError('invalid_client', 'Unknown, wrong, expired or revoked.', {
        headers: { 'WWW-Authenticate': 'Basic realm="holdfast", charset="UTF-8"' },
      })
    }
    const granted = grant(given.scope, allowed)
    const program = { id: client.id, role: 'program', scopes: granted } as const
    const scope = granted.join(' ')
    await recordAudit(deps, c, {
      action: 'token.issued',
      actor: { kind: 'program', id: client.id },
      target: client.id,
      detail: { scope },
    })
    const access_token = await deps.accessTokens.sign(program)
    return c.json({ access_token, token_type: 'Bearer' as const, expires_in: accessTokenSeconds, scope }, 200)
  })
}

type Given = { readonly client_id?: string | undefined; readonly client_secret?: string | undefined }

/** Said in one place only: RFC 6749, section 2.3. */
function clientOf(c: Context<Env>, { client_id: id, client_secret: secret }: Given): ClientCredentials | undefined {
  const header = c.req.header('Authorization')
  if (header === undefined) return id === undefined || secret === undefined ? undefined : { id, secret }
  const basic = readBasic(header)
  if (secret !== undefined || (id !== undefined && id !== basic?.id)) {
    const there = { pointer: secret === undefined ? '/client_id' : '/client_secret', code: 'said_twice' }
    throw invalid([{ ...there, message: 'Send it in the Authorization header or in the body, not in both' }])
  }
  return basic
}

function grant(wanted: string | undefined, allowed: readonly Scope[]): readonly Scope[] {
  const names = (wanted ?? '').split(' ').filter(Boolean)
  if (names.length === 0) return allowed
  const refused = names.filter((name) => !allowed.some((scope) => scope === name))
  if (refused.length > 0) {
    throw new ProblemError('invalid_scope', `Asked for ${quoted(refused)}. It has: ${allowed.join(', ')}.`)
  }
  return scopes.filter((scope) => names.includes(scope))
}

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(', ')
