import { createHash } from 'node:crypto'
import { create, type DescService, type Message, toBinary } from '@bufbuild/protobuf'
import { methodName } from '@saleswright/contracts'
import { type Actor, AppError, type Clock } from '@saleswright/kernel'
import { ANONYMOUS, admit, markOf } from './admit.ts'
import type { Bound, Call } from './call.ts'
import { bearer, languageOf, requestIdOf } from './headers.ts'
import type { Verify } from './identity.ts'
import { type Lifetime, lifetimeOf } from './lifetime.ts'
import type { Log, Observation } from './log.ts'
import { placed } from './placed.ts'
import { readRequest } from './read-request.ts'
import { type Route, routesOf } from './routes.ts'
import { traced } from './trace.ts'
import type { CallMetadata, Transport } from './transport.ts'

/** The server side of every method: what both transports hand their calls to. */
export type Dispatcher = {
  readonly services: readonly DescService[]
  readonly unary: Transport['unary']
  /** Whom it believes, for what a server answers beside the services. */
  readonly verify: Verify
}

export type DispatcherOptions = {
  readonly verify: Verify
  readonly clock: Clock
  readonly log: Log
  readonly observe?: ((call: Observation) => void) | undefined
}

/** One call on its way through the interceptors. */
type Passage = {
  readonly route: Route
  request: Message
  readonly metadata: CallMetadata
  readonly requestId: string
  readonly lifetime: Lifetime
  actor?: Actor
}

/**
 * Every method behind its interceptors: deadline, token, access, idempotency key, field rules, handler, error table, log line,
 * metrics. A method without `access` or without a handler makes this throw.
 */
export const dispatcher = (bounds: readonly Bound[], options: DispatcherOptions): Dispatcher => {
  const routes = routesOf(bounds)
  return {
    services: bounds.map(({ service }) => service),
    verify: options.verify,
    unary: async (method, request, metadata) => {
      const route = routes.get(methodName(method))
      if (!route) throw new AppError('not_found', 'method_not_found')
      const requestId = requestIdOf(metadata.requestId)
      const passage: Passage = { route, request, metadata, requestId, lifetime: lifetimeOf(metadata) }
      const tell = report(passage, options)
      try {
        const answer = await traced(route.name, metadata.traceparent, (traceparent) =>
          passage.lifetime.within(() => pass(passage, options, traceparent).catch(lateFault(passage, options))),
        )
        tell()
        return answer
      } catch (error) {
        throw tell(error)
      } finally {
        passage.lifetime.end()
      }
    },
  }
}

const pass = async (
  passage: Passage,
  { verify, clock }: DispatcherOptions,
  traceparent: string | undefined,
): Promise<Message> => {
  const { method, access, handler } = passage.route
  const token = access.public ? '' : bearer(passage.metadata.authorization)
  const actor = access.public ? ANONYMOUS : await verify(token)
  passage.actor = actor
  if (!access.public) admit(actor, access)
  const mark = markOf(method, access, actor, passage.metadata.idempotencyKey)
  passage.request = readRequest(method, passage.request)
  const call = callOf(passage, {
    actor,
    token,
    at: clock.now(),
    ...(mark !== undefined && { mark }),
    ...(traceparent !== undefined && { traceparent }),
  })
  const answer = await handler(passage.request, call).catch((error: unknown) => {
    throw placed(method.input, passage.request, error)
  })
  return create(method.output, answer)
}

type Known = Pick<Call, 'actor' | 'token' | 'at' | 'mark' | 'traceparent'>

const callOf = ({ route, request, metadata, requestId, lifetime }: Passage, known: Known): Call => {
  let hash: string | undefined
  return {
    ...known,
    method: route.method,
    permission: route.access.permission,
    requestId,
    correlationId: requestId,
    language: languageOf(metadata.language),
    deadline: lifetime.deadline,
    signal: lifetime.signal,
    // Only commands with a mark need it, and it costs a serialisation.
    get bodyHash() {
      hash ??= createHash('sha256').update(toBinary(route.method.input, request)).digest('hex')
      return hash
    },
    ...(metadata.onReplay && { replayed: metadata.onReplay }),
    ...(metadata.onEvent && { recorded: metadata.onEvent }),
  }
}

/** A fault behind the deadline reaches nobody any more; the log keeps it. */
const lateFault =
  ({ route, requestId, lifetime }: Passage, { log }: DispatcherOptions) =>
  (error: unknown): never => {
    const unseen = lifetime.signal.aborted && !(error instanceof AppError)
    if (unseen) log.warn({ method: route.name, requestId, err: error }, 'call failed after it was over')
    throw error
  }

/** Writes the call's line and its observation; gives back what the caller may see of an error. */
const report = (passage: Passage, { log, observe }: DispatcherOptions) => {
  const started = performance.now()
  return (error?: unknown): AppError | undefined => {
    const seen = error === undefined ? undefined : visible(error)
    const code = seen?.code ?? ''
    const durationMs = performance.now() - started
    const { route, requestId, actor } = passage
    const line = { method: route.name, requestId, actorId: actor?.id, companyId: actor?.companyId, code, durationMs }
    if (seen === error) log.info(line, 'call')
    else log.error({ ...line, err: error }, 'call failed')
    observe?.({ method: route.method, outcome: seen?.kind ?? 'ok', code, durationMs })
    return seen
  }
}

const visible = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('internal', 'internal_error')
