import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Envelope, Handler, Reaction } from '@saleswright/bus'
import { correlated } from './log.ts'

const tracer = trace.getTracer('@saleswright/service')

/** Gives the span of the HTTP request that is being served its name and route; the instrumentation knows no routes. */
export const nameRequestSpan = (method: string, route: string | undefined): void => {
  if (route) trace.getActiveSpan()?.setAttribute('http.route', route).updateName(`${method} ${route}`)
}

/** A reaction whose work belongs to the trace, and whose log lines bear the correlation id, of what caused the event. */
export const traced = (group: string, reaction: Reaction): Reaction => ({
  ...reaction,
  handlers: reaction.handlers.map((handler) => tracedHandler(group, handler)),
})

const tracedHandler = (group: string, { schema, read }: Handler): Handler => ({
  schema,
  read: (data) => {
    const apply = read(data)
    return (event) => inTraceOf(event.envelope, `${group} ${schema.name}`, () => apply(event))
  },
})

const inTraceOf = <R>({ traceparent, correlationId }: Envelope, name: string, work: () => Promise<R>): Promise<R> =>
  correlated(correlationId, () =>
    tracer.startActiveSpan(name, { kind: SpanKind.CONSUMER }, parentOf(traceparent), async (span) => {
      try {
        return await work()
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    }),
  )

const parentOf = (traceparent: string | undefined) =>
  traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : context.active()
