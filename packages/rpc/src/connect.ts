import { type DescMethod, fromBinary, type Message } from '@bufbuild/protobuf'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { ProblemSchema } from '@saleswright/contracts/saleswright/api/v1/problem_pb.ts'
import { AppError, unavailable } from '@saleswright/kernel'
import { cancelled, isKey, late, requestIdOf } from './headers.ts'
import { errorOf, PROBLEM_TRAILER } from './problem.ts'
import { withTrace } from './trace.ts'
import { type CallMetadata, DEFAULT_DEADLINE_MS, type Transport } from './transport.ts'
import { definitionOf, EVENT_HEADER, MESSAGE_SIZE, REPLAYED_HEADER } from './wire.ts'

const CHANNEL = {
  ...MESSAGE_SIZE,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.keepalive_time_ms': 30_000,
  // The default, pick_first, would leave all but one replica idle.
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  // A name is looked up again soon after a replica is gone; the default is 30 s.
  'grpc.dns_min_time_between_resolutions_ms': 5_000,
}

/**
 * Calls over gRPC to a target such as `host:port`, `unix:/path`, `dns:///name:port` or `ipv4:address:port,address:port`, each call
 * to the next of its addresses that answers. It connects when it is first used, and again after a break.
 */
export const connect = (address: string): Transport => {
  const channel = new Client(address, credentials.createInsecure(), CHANNEL)
  return {
    unary: async (method, request, metadata) => {
      const { signal, deadline = new Date(Date.now() + DEFAULT_DEADLINE_MS) } = metadata
      if (signal?.aborted) throw cancelled(signal.reason)
      if (deadline.getTime() <= Date.now()) throw late()
      return withTrace(metadata.traceparent, () =>
        send(channel, { method, request, metadata, deadline, headers: headersOf(metadata) }),
      )
    },
    close: async () => channel.close(),
  }
}

type Sending = {
  readonly method: DescMethod
  readonly request: Message
  readonly metadata: CallMetadata
  readonly deadline: Date
  readonly headers: Metadata
}

const send = (channel: Client, { method, request, metadata, deadline, headers }: Sending): Promise<Message> =>
  new Promise((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = definitionOf(method)
    const { signal, onReplay, onEvent } = metadata
    const leave = () => call.cancel()
    const call = channel.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      headers,
      { deadline },
      (error, message) => {
        signal?.removeEventListener('abort', leave)
        if (message) resolve(message)
        else reject(refusalOf(error as ServiceError, signal))
      },
    )
    signal?.addEventListener('abort', leave, { once: true })
    call.on('metadata', (facts) => {
      const [eventId] = facts.get(EVENT_HEADER)
      if (facts.get(REPLAYED_HEADER).length > 0) onReplay?.()
      if (eventId !== undefined) onEvent?.(eventId.toString())
    })
  })

const headersOf = (metadata: CallMetadata): Metadata => {
  const headers = new Metadata()
  const set = (name: string, value: string | undefined) => {
    if (value) headers.set(name, value)
  }
  set('authorization', printable(metadata.authorization))
  set('idempotency-key', keyHeader(metadata.idempotencyKey))
  set('x-request-id', requestIdOf(metadata.requestId))
  set('traceparent', printable(metadata.traceparent))
  set('accept-language', printable(metadata.language))
  return headers
}

/** A header holds ASCII; what does not fit would be refused by the other side all the same. */
const printable = (value: string | undefined): string | undefined => value?.replaceAll(/[^\x20-\x7e]/g, '?')

/** A key that no header could carry arrives as one that the other side refuses. */
const keyHeader = (key: string | undefined): string | undefined => (key === undefined || isKey(key) ? key : 'not a key')

const refusalOf = (error: ServiceError, signal: AbortSignal | undefined): AppError => {
  const [problem] = error.metadata?.get(PROBLEM_TRAILER) ?? []
  const refusal = Buffer.isBuffer(problem) ? problemIn(problem) : undefined
  if (refusal) return refusal
  const known = WITHOUT_PROBLEM.get(error.code)
  return known ? known(error, signal) : new AppError('internal', 'internal_error', {}, { cause: error })
}

/** Undefined for bytes that are no problem: what stands between may cut them. */
const problemIn = (bytes: Buffer): AppError | undefined => {
  try {
    return errorOf(fromBinary(ProblemSchema, bytes))
  } catch {
    return undefined
  }
}

type Reading = (error: ServiceError, signal: AbortSignal | undefined) => AppError

/** What gRPC itself refuses, before our server could say why. */
const WITHOUT_PROBLEM = new Map<status, Reading>([
  [status.CANCELLED, (_, signal) => cancelled(signal?.reason)],
  [status.DEADLINE_EXCEEDED, () => late()],
  [status.UNAVAILABLE, (cause) => unavailable('service_unavailable', 1, { cause })],
  [status.UNIMPLEMENTED, () => new AppError('not_found', 'method_not_found')],
])
