import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { anyone } from '../access.ts'
import { nobody, recordAudit } from '../audit.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { passwordField } from '../identity/password-field.ts'
import { askForReset, useReset } from '../identity/password-reset.ts'
import { limitAttempts } from '../limits/attempts.ts'
import { badBody, body, problems } from '../openapi.ts'
import { ProblemError } from '../problem.ts'

const tags = ['Accounts']

const forgotten = createRoute({
  method: 'post',
  path: '/v1/auth/forgotten-password',
  summary: 'Have a link mailed that sets a new password',
  description:
    'The answer is the same whether there is such an account or not. The link is good once and for 30 minutes; asking ' +
    'again makes the one before useless.',
  tags,
  ...anyone,
  request: body(
    z
      .strictObject({ email: z.email().max(254) })
      .openapi('ForgottenPassword', { example: { email: 'kim@example.test' } }),
  ),
  responses: {
    202: { description: 'If there is such an account, a mail is on its way' },
    ...problems(...badBody, 'too_many_requests'),
  },
})

const reset = createRoute({
  method: 'post',
  path: '/v1/auth/reset-password',
  summary: 'Set a new password with the token of the link',
  description: 'Ends every session of the account. Sign in afterwards.',
  tags,
  ...anyone,
  request: body(
    z.strictObject({ token: z.string().min(1).max(200), newPassword: passwordField }).openapi('PasswordReset', {
      example: { token: 'of-the-link', newPassword: 'a better one than that' },
    }),
  ),
  responses: {
    204: { description: 'Set' },
    ...problems(...badBody, 'invalid_reset_token', 'too_many_requests', 'overloaded'),
  },
})

export function passwordResetRoutes(deps: Pick<Deps, 'identity' | 'log' | 'limits' | 'proxies' | 'publicUrl'>) {
  const { identity, publicUrl } = deps
  const app = new OpenAPIHono<Env>()
  app.use(forgotten.path, limitAttempts(deps, 'forgotten-password'))
  app.use(reset.path, limitAttempts(deps, 'reset-password'))
  return app
    .openapi(forgotten, async (c) => {
      const target = (await askForReset(identity, c.req.valid('json').email, publicUrl)) ?? ''
      await recordAudit(deps, c, { action: 'password.reset.asked', actor: nobody, target })
      return c.body(null, 202)
    })
    .openapi(reset, async (c) => {
      const { token, newPassword } = c.req.valid('json')
      const target = await useReset(identity, token, newPassword)
      const outcome = target === undefined ? 'refused' : 'done'
      await recordAudit(deps, c, { action: 'password.reset', actor: nobody, target: target ?? '', outcome })
      if (target === undefined) throw new ProblemError('invalid_reset_token', 'Ask for another link.')
      return c.body(null, 204)
    })
}
