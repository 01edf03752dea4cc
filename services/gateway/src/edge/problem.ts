import { knowsCode, type Language, ruleSentence, sentence } from '@saleswright/contracts'
import { AppError, type ErrorKind, type Violation } from '@saleswright/kernel'
import { type Log, languageOf, STATUS } from '@saleswright/rpc'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** RFC 9457. */
type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instance?: string | undefined
  readonly traceId: string
  readonly violations?: readonly Violation[]
}

/** What only an edge refuses: statuses that no kind of AppError has. */
const EDGE_STATUS: ReadonlyMap<string, number> = new Map([
  ['method_not_allowed', 405],
  ['request_timeout', 408],
  ['body_too_large', 413],
  ['unsupported_media_type', 415],
  ['content_encoding_unsupported', 415],
  ['charset_unsupported', 415],
  ['headers_too_large', 431],
])

const statusOf = ({ code, kind }: AppError): number => EDGE_STATUS.get(code) ?? STATUS[kind].http

type Asked = { readonly language: Language; readonly instance?: string | undefined; readonly traceId: string }

/** A refusal in the language of the caller. `instance` is the path that was asked, `traceId` the id of the request. */
export const problemOf = (refusal: AppError, { language, instance, traceId }: Asked): Problem => {
  const { code, kind, violations } = refusal
  return {
    type: `/docs/problems#${code}`,
    title: sentence({ code: `kind_${kind}`, params: {} }, language),
    status: statusOf(refusal),
    code,
    detail: sentence(refusal, language),
    ...(instance !== undefined && { instance }),
    traceId,
    ...(violations.length > 0 && { violations: violations.map((fault) => inWords(fault, refusal, language)) }),
  }
}

/**
 * The edge's own rules have their sentences in `messages/gateway.ts`, those of the contracts in `messages/common.ts`. A rule of a
 * service is the code of its refusal, and says the same of the field.
 */
const inWords = ({ field, rule, message }: Violation, { params }: AppError, language: Language): Violation => {
  const code = [`field_${rule}`, rule].find(knowsCode)
  const text =
    code === undefined
      ? ruleSentence({ rule, message }, language)
      : sentence({ code, params: { ...params, values: message } }, language)
  return { field, rule, message: text }
}

type Send = (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** Answers what was thrown. What is no refusal is logged with its cause and tells the caller nothing. */
export const problemSender =
  (log: Log): Send =>
  (error, request, reply) => {
    const refusal = error instanceof AppError ? error : fromFastify(error)
    if (refusal.kind === 'internal' && refusal !== error) {
      log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed')
    }
    const problem = problemOf(refusal, {
      language: languageOf(request.headers['accept-language']),
      instance: pathOf(request),
      traceId: String(request.id),
    })
    if (isLongUnread(request)) reply.header('connection', 'close')
    if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds))
    if (problem.status === 401) reply.header('www-authenticate', challengeOf(problem))
    return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
  }

/** So much of a body is read and thrown away, for the connection's next request; whoever sends more is not listened to any longer. */
const DRAINED = 65_536

const isLongUnread = ({ raw, headers }: FastifyRequest): boolean =>
  !raw.complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > DRAINED)

/** Without the query, for people and their numbers stand in it. */
const pathOf = ({ url }: FastifyRequest): string | undefined => url.split('?')[0]

/** Codes of a token that was sent and is not good: programs get another one when they are told so (RFC 6750 §3.1). */
const BAD_TOKEN = new Set(['token_invalid', 'token_expired', 'session_revoked'])
const challengeOf = ({ code }: Problem): string => (BAD_TOKEN.has(code) ? 'Bearer error="invalid_token"' : 'Bearer')

/** What Fastify and its parsers refuse by themselves, by the code they name. */
const FASTIFY: ReadonlyMap<string, readonly [ErrorKind, string]> = new Map<string, readonly [ErrorKind, string]>(
  Object.entries({
    FST_ERR_CTP_BODY_TOO_LARGE: ['invalid', 'body_too_large'],
    FST_REQ_FILE_TOO_LARGE: ['invalid', 'body_too_large'],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: ['invalid', 'unsupported_media_type'],
    FST_INVALID_MULTIPART_CONTENT_TYPE: ['invalid', 'unsupported_media_type'],
    FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'route_not_found'],
  } as const),
)

const fromFastify = (error: FastifyError): AppError => {
  const [kind, code] = FASTIFY.get(error.code) ?? []
  if (kind && code) return new AppError(kind, code)
  const ours = (error.statusCode ?? 500) >= 500
  return ours ? new AppError('internal', 'internal_error') : new AppError('invalid', 'malformed_request')
}
