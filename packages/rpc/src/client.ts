import { create, type DescMethod, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf'
import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import { accessOf } from '@saleswright/contracts'
import type { Call, InputOf, OutputOf } from './call.ts'
import { type CallMetadata, HOP_MS, type Transport } from './transport.ts'

export type CallOptions = {
  /** Forwards the token, request id, trace, language, signal and what is left of the deadline. */
  readonly as?: Call | undefined
  readonly token?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly requestId?: string | undefined
  readonly traceparent?: string | undefined
  readonly deadline?: Date | undefined
  readonly signal?: AbortSignal | undefined
  readonly onReplay?: (() => void) | undefined
  readonly onEvent?: ((eventId: string) => void) | undefined
}

export type Client<S> =
  S extends GenService<infer M extends GenServiceMethods>
    ? {
        readonly [K in keyof M]: (
          request: MessageInitShape<InputOf<M[K]>>,
          options?: CallOptions,
        ) => Promise<MessageShape<OutputOf<M[K]>>>
      }
    : never

/**
 * The methods of a service as functions. Every refusal is an AppError. `ownToken` speaks for the service itself: it is used
 * where neither `as` nor `token` is given, and never for a public method.
 */
export const client = <M extends GenServiceMethods>(
  service: GenService<M>,
  transport: Transport,
  ownToken?: () => Promise<string>,
): Client<GenService<M>> => {
  const methodOf = (method: DescMethod) => {
    const own = accessOf(method).public ? undefined : ownToken
    return async (request: MessageInitShape<typeof method.input>, options: CallOptions = {}) => {
      const token = options.token ?? (options.as ? options.as.token : await own?.())
      return transport.unary(method, create(method.input, request), metadataOf(options, token))
    }
  }
  const methods = service.methods.map((method) => [method.localName, methodOf(method)])
  return Object.fromEntries(methods) as Client<GenService<M>>
}

const metadataOf = ({ as, ...options }: CallOptions, token: string | undefined): CallMetadata => ({
  authorization: token ? `Bearer ${token}` : undefined,
  idempotencyKey: options.idempotencyKey,
  requestId: options.requestId ?? as?.requestId,
  traceparent: options.traceparent ?? as?.traceparent,
  language: as?.language,
  deadline: options.deadline ?? (as && new Date(as.deadline.getTime() - HOP_MS)),
  signal: options.signal ?? as?.signal,
  onReplay: options.onReplay,
  onEvent: options.onEvent,
})
