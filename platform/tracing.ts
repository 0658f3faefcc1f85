import type { Config } from './config.ts'
import type { Log } from './log.ts'

export type Attributes = Readonly<Record<string, string | number | boolean>>
/** As OpenTelemetry means them: who answers, who asks, who puts on a topic, who takes off it. */
export type Kind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

export type Span = {
  /** W3C trace context of this span, for those who go on from it. */
  readonly traceparent: string
  readonly end: (outcome?: Outcome) => void
}
export type Outcome = { readonly name?: string; readonly attributes?: Attributes; readonly error?: unknown }

export type Beginning = {
  /** W3C trace context of what caused it. */
  readonly parent?: string | undefined
  readonly kind?: Kind
  readonly attributes?: Attributes
}

/** What the SDK gives, once it is loaded. */
export type Tracer = {
  readonly begin: (name: string, beginning: Beginning) => Span
  readonly stop: () => Promise<void>
}

let tracer: Tracer | undefined

/**
 * Spans are sent from now on, where the configuration says whereto; the SDK is not even loaded otherwise. Parents are
 * handed over as `traceparent`, not by AsyncLocalStorage, which makes every promise of the process dearer on Node 20.
 * @returns what sends the rest.
 */
export async function startTracing(config: Config, service: string, log: Log): Promise<() => Promise<void>> {
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT === '') return () => Promise.resolve()
  const { openTracer } = await import('./tracing-sdk.ts')
  const opened = openTracer(config.OTEL_EXPORTER_OTLP_ENDPOINT, service, log)
  tracer = opened
  return async () => {
    tracer = undefined
    await opened.stop()
  }
}

export const isTracing = (): boolean => tracer !== undefined

/** A span that may have no parent: the API's, where traces begin. */
export const beginTrace = (name: string, beginning: Beginning): Span | undefined => tracer?.begin(name, beginning)

/** A span in the trace of `parent`. Without one there is none, and nothing to begin. */
export const beginSpan = (name: string, beginning: Beginning): Span | undefined =>
  beginning.parent === undefined ? undefined : tracer?.begin(name, beginning)

/** Does the work within a span, which is told of its failure. */
export async function inSpan<Result>(
  name: string,
  beginning: Beginning,
  work: (traceparent: string | undefined) => Promise<Result>,
): Promise<Result> {
  const span = beginSpan(name, beginning)
  if (span === undefined) return work(beginning.parent)
  try {
    const result = await work(span.traceparent)
    span.end()
    return result
  } catch (error) {
    span.end({ error })
    throw error
  }
}
