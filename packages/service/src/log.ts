import { AsyncLocalStorage } from 'node:async_hooks'
import type { Log } from '@saleswright/bus'
import { maskedMessage } from '@saleswright/kernel'
import { pino } from 'pino'

export const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type Level = (typeof LEVELS)[number]

const correlations = new AsyncLocalStorage<string>()

/** Every line that is written while `work` runs carries the id: one for everything that one outside request causes. */
export const correlated = <R>(correlationId: string, work: () => R): R => correlations.run(correlationId, work)

/** Never written, wherever they stand: what opens doors, and what was said. */
const SECRET = ['authorization', 'token', 'secret', 'password', 'data', 'payload', 'request', 'body']

/**
 * JSON lines with the time in ISO 8601. A line names ids and codes, never what was in a message: an error is its type, code,
 * message and stack, without the documents that drivers hang on it. Trace ids come from the instrumentation of `otel.ts`.
 */
export const openLog = (
  service: string,
  level: Level = 'info',
  destination: pino.DestinationStream = pino.destination(1),
): Log =>
  pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const correlationId = correlations.getStore()
        return correlationId ? { correlationId } : {}
      },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), remove: true },
      serializers: { err: describe, error: describe },
    },
    destination,
  )

const describe = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  const { name, stack, cause } = error
  const message = maskedMessage(error)
  return {
    type: name,
    message,
    ...('code' in error && { code: error.code }),
    ...(stack && { stack: stack.replace(error.message, message) }),
    ...(cause !== undefined && { cause: describe(cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(describe) }),
  }
}
