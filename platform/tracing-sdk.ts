import { setTimeout as pause } from 'node:timers/promises'
import { diag, DiagLogLevel, ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { Resource } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { Log } from './log.ts'
import type { Beginning, Kind, Outcome, Span, Tracer } from './tracing.ts'

const kinds: Readonly<Record<Kind, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}

const mostForLastSpansMs = 3_000

const header = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** A collector that is away loses spans, and nothing else. Sampling is the SDK's: `OTEL_TRACES_SAMPLER` and its like. */
export function openTracer(endpoint: string, service: string, log: Log): Tracer {
  const tell = (message: string) => log.warn({ about: 'tracing' }, message.slice(0, 300))
  const quiet = () => undefined
  diag.setLogger(
    { error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const provider = new NodeTracerProvider({
    resource: Resource.default().merge(new Resource({ 'service.name': service, 'service.namespace': 'holdfast' })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  })
  const tracer = provider.getTracer('holdfast')

  function begin(name: string, { parent, kind = 'internal', attributes = {} }: Beginning): Span {
    const context = contextOf(parent)
    const span = tracer.startSpan(
      name,
      { kind: kinds[kind], attributes: { ...attributes } },
      context === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, context),
    )
    return {
      traceparent: traceparentOf(span.spanContext()),
      end(outcome: Outcome = {}) {
        if (outcome.name !== undefined) span.updateName(outcome.name)
        if (outcome.attributes !== undefined) span.setAttributes({ ...outcome.attributes })
        // no message: it may quote what a customer wrote
        if (outcome.error !== undefined) {
          span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', nameOf(outcome.error))
        }
        span.end()
      },
    }
  }

  return {
    begin,
    // a collector that takes calls and stays silent would hold the process up until it is killed
    stop: () =>
      Promise.race([provider.shutdown(), pause(mostForLastSpansMs, undefined, { ref: false })]).catch((err: unknown) =>
        log.warn({ err }, 'the last spans are lost'),
      ),
  }
}

function contextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = header.exec(traceparent ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 64)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
