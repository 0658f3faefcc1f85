import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import type { Span } from '../platform/tracing.ts'
import { auditActs } from './audit.ts'
import { addCheckMetrics } from './checks/metrics.ts'
import { compressJson } from './compress-json.ts'
import { conditional } from './conditional.ts'
import { deadline } from './deadline.ts'
import type { Deps } from './deps.ts'
import type { Env } from './env.ts'
import { addGroupMetrics } from './group-metrics.ts'
import { measureBacklog } from './limits/backlog.ts'
import { makeMetrics } from './metrics.ts'
import { makeOnError, onNotFound } from './on-error.ts'
import { otherSites } from './other-sites.ts'
import { openApiDocument } from './openapi-document.ts'
import { docsPages } from './pages/docs.ts'
import { eventsPage } from './pages/events.ts'
import { webPages } from './pages/web.ts'
import { plainPath } from './plain-path.ts'
import { invalid, ProblemError } from './problem.ts'
import { accountRoutes } from './routes/accounts.ts'
import { boardRoutes } from './routes/board.ts'
import { bulkRoutes } from './routes/bulk.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { cancellationRoutes } from './routes/cancellation.ts'
import { clockRoutes } from './routes/clock.ts'
import { codecRoutes } from './routes/codec.ts'
import { consumerRoutes } from './routes/consumers.ts'
import { customerRoutes } from './routes/customers.ts'
import { deadLetterActRoutes } from './routes/dead-letter-acts.ts'
import { deadLetterRoutes } from './routes/dead-letters.ts'
import { drillRoutes } from './routes/drills.ts'
import { eventContractRoutes } from './routes/events-contract.ts'
import { figureRoutes } from './routes/figures.ts'
import { mailboxRoutes } from './routes/mailbox.ts'
import { meRoutes } from './routes/me.ts'
import { myNotificationRoutes } from './routes/my-notifications.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { operateRoutes } from './routes/operate.ts'
import { operationsRoutes } from './routes/operations.ts'
import { orderRoutes } from './routes/orders.ts'
import { placeOrderRoutes } from './routes/place-order.ts'
import { adminReturnRoutes } from './routes/admin-returns.ts'
import { passwordResetRoutes } from './routes/password-reset.ts'
import { paymentMethodRoutes } from './routes/payment-method.ts'
import { paymentWebhookRoutes } from './routes/payment-webhooks.ts'
import { paymentRoutes } from './routes/payments.ts'
import { productImportRoutes } from './routes/product-imports.ts'
import { productRoutes } from './routes/products.ts'
import { checkRoutes } from './routes/checks.ts'
import { reconciliationRoutes } from './routes/reconciliation.ts'
import { resolutionRoutes } from './routes/resolutions.ts'
import { serviceAccountRoutes } from './routes/service-accounts.ts'
import { shipmentWebhookRoutes } from './routes/shipment-webhooks.ts'
import { shipmentRoutes } from './routes/shipments.ts'
import { returnRoutes } from './routes/returns.ts'
import { stockRoutes } from './routes/stock.ts'
import { tokenRoutes } from './routes/token.ts'
import { allStreamRoutes, streamRoutes } from './routes/stream.ts'
import { webhookDeliveryRoutes } from './routes/webhook-deliveries.ts'
import { webhookEndpointRoutes } from './routes/webhook-endpoints.ts'
import { wellKnownRoutes } from './routes/well-known.ts'
import { requestIdOf } from './request-id.ts'
import { routeOf } from './route-of.ts'
import { apiHeaders } from './security-headers.ts'
import { beginRequest } from './trace.ts'
import { violationsOf } from './violations.ts'

/** The whole HTTP side, without a server: `app.request(...)` answers as the real one does. */
export function makeApp(deps: Deps) {
  const { registry, measure } = makeMetrics()
  addGroupMetrics(registry, deps)
  measureBacklog(registry, deps.backlog)
  addCheckMetrics(registry, deps)
  const app = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(violationsOf(result.error.issues, result.target))
    },
  })
  app.onError(makeOnError(deps.log))
  app.notFound(onNotFound)
  app.use(begin(deps), measure, apiHeaders, auditActs(deps), compressJson, limitBody, deadline)
  if (deps.corsOrigins.length > 0) app.use('/v1/*', otherSites(deps.corsOrigins))
  app.use('/v1/*', plainPath, conditional)
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` of a sign-in, or the `access_token` of a program',
  })
  app.get('/openapi.json', (c) => c.json(openApiDocument(app)))
  return app
    .route('/', authRoutes(deps))
    .route('/', tokenRoutes(deps))
    .route('/', serviceAccountRoutes(deps))
    .route('/', meRoutes(deps))
    .route('/', passwordResetRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', mailboxRoutes(deps))
    .route('/', myNotificationRoutes(deps))
    .route('/', notificationRoutes(deps))
    .route('/', campaignRoutes(deps))
    .route('/', productRoutes(deps))
    .route('/', stockRoutes(deps))
    .route('/', productImportRoutes(deps))
    .route('/', placeOrderRoutes(deps))
    .route('/', allStreamRoutes(deps))
    .route('/', orderRoutes(deps))
    .route('/', shipmentRoutes(deps))
    .route('/', shipmentWebhookRoutes(deps))
    .route('/', streamRoutes(deps))
    .route('/', cancellationRoutes(deps))
    .route('/', paymentMethodRoutes(deps))
    .route('/', paymentRoutes(deps))
    .route('/', paymentWebhookRoutes(deps))
    .route('/', resolutionRoutes(deps))
    .route('/', operateRoutes(deps))
    .route('/', boardRoutes(deps))
    .route('/', bulkRoutes(deps))
    .route('/', clockRoutes(deps))
    .route('/', codecRoutes(deps))
    .route('/', customerRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', reconciliationRoutes(deps))
    .route('/', checkRoutes(deps))
    .route('/', drillRoutes(deps))
    .route('/', deadLetterRoutes(deps))
    .route('/', deadLetterActRoutes(deps))
    .route('/', consumerRoutes(deps))
    .route('/', figureRoutes(deps))
    .route('/', returnRoutes(deps))
    .route('/', adminReturnRoutes(deps))
    .route('/', webhookEndpointRoutes(deps))
    .route('/', webhookDeliveryRoutes(deps))
    .route('/', wellKnownRoutes(deps))
    .route('/', operationsRoutes(deps, registry))
    .route('/', eventContractRoutes())
    .route('/', eventsPage())
    .route('/', docsPages())
    .route('/', webPages(deps.webRoot))
}

/** For typed clients. */
export type App = ReturnType<typeof makeApp>

/** What every request has from its beginning, and every answer unless its handler says otherwise. */
const begin = ({ verify, limits }: Deps) =>
  createMiddleware<Env>(async (c, next) => {
    const trace = beginRequest(c.req.header('traceparent'), c.req.method, c.req.path)
    c.set('trace', trace)
    c.set('verify', verify)
    c.set('limits', limits)
    const requestId = requestIdOf(c.req.header('X-Request-Id'), trace.traceId)
    c.set('requestId', requestId)
    c.header('X-Request-Id', requestId)
    c.header('Cache-Control', 'no-store')
    await next()
    if (trace.span !== undefined) endRequest(c, trace.span, requestId)
  })

function endRequest(c: Context<Env>, span: Span, requestId: string): void {
  const [route, { status }] = [routeOf(matchedRoutes(c)), c.res]
  const attributes = { 'http.route': route, 'http.response.status_code': status, 'holdfast.request.id': requestId }
  span.end({ name: `${c.req.method} ${route}`, attributes, ...(status >= 500 && { error: String(status) }) })
}

const limitBody = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw new ProblemError('body_too_large', 'A body may have 64 KB.')
  },
})
