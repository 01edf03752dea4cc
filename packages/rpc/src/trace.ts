import { type Context, context, isSpanContextValid, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AppError } from '@saleswright/kernel'

const tracer = trace.getTracer('@saleswright/rpc')

/** Runs work in a span below the caller's. It is given its own traceparent, or the caller's where nobody records. */
export const traced = <R>(
  name: string,
  sent: string | undefined,
  work: (traceparent: string | undefined) => Promise<R>,
): Promise<R> =>
  tracer.startActiveSpan(name, { kind: SpanKind.SERVER }, parentOf(sent), async (span) => {
    const { traceId, spanId, traceFlags } = span.spanContext()
    const flags = traceFlags.toString(16).padStart(2, '0')
    try {
      return await work(isSpanContextValid(span.spanContext()) ? `00-${traceId}-${spanId}-${flags}` : undefined)
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof AppError ? error.code : 'internal_error' })
      throw error
    } finally {
      span.end()
    }
  })

/** Runs a call to another service below the trace that it carries, so that an instrumented client keeps it. */
export const withTrace = <R>(traceparent: string | undefined, call: () => R): R =>
  context.with(parentOf(traceparent), call)

/** What the caller sent, unless a span of the same trace is open here already, which is nearer. */
const parentOf = (sent: string | undefined): Context => {
  const { traceId, spanId, flags } =
    /^00-(?<traceId>[\da-f]{32})-(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})$/.exec(sent ?? '')?.groups ?? {}
  const active = context.active()
  if (!traceId || !spanId || trace.getSpanContext(active)?.traceId === traceId) return active
  return trace.setSpanContext(active, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags ?? '0', 16),
    isRemote: true,
  })
}
