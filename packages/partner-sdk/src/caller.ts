import {
  create,
  type DescMethod,
  fromJson,
  type JsonValue,
  type Message,
  type MessageInitShape,
} from '@bufbuild/protobuf'
import { errorOf } from './error-of.ts'
import type { Answer, Exchange, World } from './exchange.ts'
import type { CallOptions } from './methods.ts'
import { type RetryPolicy, waitBefore } from './retry.ts'
import { type HttpRequest, httpRequestOf, takesKey } from './route.ts'
import type { TokenSource } from './token.ts'

type CallerOptions = {
  readonly send: Exchange
  readonly tokens: TokenSource
  readonly language: string
  readonly retries: RetryPolicy
  readonly world: Pick<World, 'random' | 'wait'>
}

export type Caller = (
  method: DescMethod,
  request: MessageInitShape<DescMethod['input']>,
  options: CallOptions,
) => Promise<Message>

/** Sends calls, each under one idempotency key however often it has to be sent. */
export const caller = (settings: CallerOptions): Caller => {
  const attempt = attempts(settings)
  return async (method, init, options) => {
    const request = httpRequestOf(method, create(method.input, init))
    const key = takesKey(method) ? (options.idempotencyKey ?? crypto.randomUUID()) : undefined
    const answer = await attempt({ request, key, signal: options.signal })
    const { headers, text } = answer
    options.onAnswer?.({
      requestId: headers.get('x-request-id') ?? '',
      replayed: headers.get('idempotency-replayed') === 'true',
      eventId: headers.get('saleswright-event') ?? undefined,
    })
    // Newer platforms may answer more than this client knows.
    return fromJson(method.output, JSON.parse(text) as JsonValue, { ignoreUnknownFields: true })
  }
}

type Sending = {
  readonly request: HttpRequest
  readonly key: string | undefined
  readonly signal: AbortSignal | undefined
}

/** Attempts until one succeeds or none makes sense any more. A token that is refused is replaced once. */
const attempts = ({ send, tokens, language, retries, world }: CallerOptions) => {
  const once = async ({ request, key, signal }: Sending, again = true): Promise<Answer> => {
    const token = await tokens.get()
    const headers = {
      authorization: `Bearer ${token}`,
      'accept-language': language,
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    }
    const body = request.body === undefined ? {} : { body: request.body }
    const answer = await send(request.path, { method: request.method, headers, ...body }, signal)
    if (answer.ok) return answer
    const error = errorOf(answer)
    if (error.status !== 401 || !again) throw error
    tokens.drop(token)
    return once({ request, key, signal }, false)
  }
  return async (sending: Sending): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(sending)
      } catch (error) {
        const wait = waitBefore(error, attempt, retries, world.random)
        if (wait === undefined) throw error
        await world.wait(wait, sending.signal)
      }
    }
  }
}
