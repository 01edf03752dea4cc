import { ruleSentence, sentence } from '@saleswright/contracts'
import { AppError, type ErrorKind, type Violation } from '@saleswright/kernel'
import { languageOf, STATUS } from '@saleswright/rpc'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** A refusal of the edge itself: a status that no kind of AppError has. */
type EdgeRefusal = { readonly status: number; readonly code: string; readonly kind: ErrorKind }

/** RFC 9457, in the language of the caller. What is no refusal is logged once with its cause, and tells the caller nothing. */
export const sendProblem = (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply) => {
  const refusal = error instanceof AppError ? error : fromFastify(error)
  if (refusal.kind === 'internal' && !(error instanceof AppError)) request.log.error({ err: error }, 'request failed')
  const status = EDGE_STATUS.get(refusal.code) ?? STATUS[refusal.kind].http
  if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds))
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(problemOf(refusal, status, request))
}

export const problemOf = (refusal: AppError, status: number, request: FastifyRequest) => {
  const language = languageOf(request.headers['accept-language'])
  const { code, violations } = refusal
  return {
    type: `/docs/problems#${code}`,
    title: sentence({ code: `kind_${refusal.kind}`, params: {} }, language),
    status,
    code,
    detail: sentence(refusal, language),
    instance: request.url.split('?')[0],
    traceId: String(request.id),
    ...(violations.length > 0 && { violations: violations.map((fault) => inWords(fault, language)) }),
  }
}

const inWords = ({ field, rule, message }: Violation, language: Parameters<typeof ruleSentence>[1]): Violation => ({
  field,
  rule,
  message: ruleSentence({ rule, message }, language),
})

/** What Fastify refuses by itself, by the code it names. */
const EDGE: Readonly<Record<string, EdgeRefusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body_too_large', kind: 'invalid' },
  FST_REQ_FILE_TOO_LARGE: { status: 413, code: 'body_too_large', kind: 'invalid' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'unsupported_media_type', kind: 'invalid' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { status: 415, code: 'unsupported_media_type', kind: 'invalid' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'malformed_json', kind: 'invalid' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'malformed_json', kind: 'invalid' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'malformed_json', kind: 'invalid' },
}

const EDGE_STATUS: ReadonlyMap<string, number> = new Map([
  ...Object.values(EDGE).map(({ code, status }) => [code, status] as const),
  ['method_not_allowed', 405],
])

const fromFastify = (error: FastifyError): AppError => {
  const known = EDGE[error.code]
  if (known) return new AppError(known.kind, known.code)
  const ours = (error.statusCode ?? 500) >= 500
  return ours ? new AppError('internal', 'internal_error') : new AppError('invalid', 'malformed_json')
}
