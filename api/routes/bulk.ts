import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { uuidPattern } from '../../domain/ids.ts'
import { actions } from '../../domain/saga/event.ts'
import { support } from '../access.ts'
import { recordAudit } from '../audit.ts'
import { actBulk, mostOrders, previewBulk } from '../board/bulk.ts'
import type { Fate } from '../board/fate.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { moneySchema, text, time } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { statusSchema } from '../orders/document.ts'
import { invalid, ProblemError } from '../problem.ts'

const wanted = z
  .strictObject({
    action: z.enum(['retry', 'cancel', 'extend']),
    ids: z
      .array(z.string().regex(uuidPattern, 'Has to be the id of an order'))
      .min(1)
      .max(mostOrders)
      .refine((ids) => new Set(ids).size === ids.length, 'Each once'),
    deadlineAt: time.optional().openapi({ description: 'With `extend`: what runs out sooner may take until then' }),
    dryRun: z.boolean().default(false),
    reason: text(500).optional().openapi({ description: 'Has to be said, except for a dry run' }),
  })
  .openapi('BulkAct', {
    example: { action: 'cancel', ids: ['0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1'], dryRun: true },
  })

const fate = z.object({
  id: z.string(),
  outcome: z.enum(['would', 'done', 'refused', 'failed']).openapi({
    description:
      '`would`: in a dry run; `done`: at least one deed; `refused`: by the order’s guard, see `code`; `failed`: send it ' +
      'again',
  }),
  status: statusSchema.optional(),
  total: moneySchema.optional(),
  deeds: z
    .array(z.object({ step: z.string(), action: z.enum(actions), until: time.optional() }))
    .readonly()
    .openapi({
      description:
        'What is undone, asked again, or given more time; of a cancellation: in its turn. Of an act: what was accepted',
    }),
  code: z.string().optional().openapi({ description: 'A problem’s code; with `done`: of the deeds that are missing' }),
  detail: z.string().optional(),
})
export const bulkSchema = z.object({ items: z.array(fate).readonly() }).openapi('BulkResult')

const bulk = createRoute({
  method: 'post',
  path: '/v1/admin/orders/bulk',
  summary: 'Retry, cancel or give more time: to many orders, or say what would happen',
  description:
    `${mostOrders} orders at most, each decided by its own guard: what one refuses does not stop the others. ` +
    'The same call again changes nothing more. What could not be asked in time is `failed`. Support may cancel; the ' +
    'rest is for admins. Each order has its own line in the audit log.',
  tags: ['Operators'],
  ...support,
  request: body(wanted),
  responses: {
    200: json(bulkSchema, 'What would happen, or what became of each, in the order of `ids`'),
    ...problems(...locked, ...badBody),
  },
})

export function bulkRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(bulk, async (c) => {
    const { ids, dryRun, reason, ...act } = c.req.valid('json')
    const { principal, deadlineAt } = c.var
    c.set('audited', { subject: `${ids.length} orders`, asked: { action: act.action, dryRun } })
    if (principal.role === 'support' && act.action !== 'cancel') {
      throw new ProblemError('forbidden', 'Support may cancel; this is for the role admin.')
    }
    const asked = completeAct(act)
    if (dryRun) return c.json({ items: await previewBulk(deps, ids, asked) }, 200)
    if (reason === undefined) throw missing('/reason')
    const line = ({ id, outcome, deeds, code }: Fate) =>
      recordAudit(deps, c, {
        action: `bulk.${asked.action}`,
        actor: { kind: principal.role, id: principal.id },
        target: id,
        outcome: outcome === 'would' ? 'done' : outcome,
        detail: { reason, steps: deeds.map(({ step }) => step), ...(code !== undefined && { code }) },
      })
    return c.json({ items: await actBulk(deps, { by: principal, deadlineAt }, ids, { ...asked, reason }, line) }, 200)
  })
}

type Given = { readonly action: 'retry' | 'cancel' | 'extend'; readonly deadlineAt?: string | undefined }

function completeAct({ action, deadlineAt }: Given) {
  if (action !== 'extend') return { action }
  if (deadlineAt === undefined) throw missing('/deadlineAt')
  return { action, deadlineAt }
}

const missing = (pointer: string): ProblemError =>
  invalid([{ pointer, code: 'required', message: 'Has to be said here' }])
