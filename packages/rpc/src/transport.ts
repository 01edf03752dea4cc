import type { DescMethod, Message } from '@bufbuild/protobuf'

/** What travels beside a request, on either transport. */
export type CallMetadata = {
  /** `Bearer <token>` */
  readonly authorization?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly requestId?: string | undefined
  readonly traceparent?: string | undefined
  /** As in Accept-Language. */
  readonly language?: string | undefined
  /** Absent: 5 s from now. */
  readonly deadline?: Date | undefined
  readonly signal?: AbortSignal | undefined
  /** Told before the answer when it is a stored one. */
  readonly onReplay?: (() => void) | undefined
  /** Told before the answer, with the id of the last event that the call stored. */
  readonly onEvent?: ((eventId: string) => void) | undefined
}

/** Calls a unary method by its descriptor. Rejects with an AppError, whatever went wrong. */
export type Transport = {
  readonly unary: (method: DescMethod, request: Message, metadata: CallMetadata) => Promise<Message>
  readonly close: () => Promise<void>
}

export const DEFAULT_DEADLINE_MS = 5_000
export const HOP_MS = 50
