import { refs } from './refs.ts'
import type { JsonSchema } from './schema.ts'

export const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457.',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, snake_case: what a program acts on.' },
    detail: { type: 'string', description: 'In the language of the caller.' },
    instance: { type: 'string' },
    traceId: { type: 'string', description: 'The X-Request-Id of the request.' },
    violations: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string', description: 'JSON path, `lines[0].sku`.' },
          rule: { type: 'string' },
          message: { type: 'string', description: 'In the language of the caller.' },
        },
        required: ['field', 'rule', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'traceId'],
}

/** `scopes` are the permissions that a partner's application can be given, each with what it is for. */
export const securitySchemes = (scopes: JsonSchema): JsonSchema => ({
  staff: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /v1/sessions.' },
  partner: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes } } },
})

const key = (required: boolean): JsonSchema => ({
  name: 'Idempotency-Key',
  in: 'header',
  required,
  description:
    'The same key and body give the first answer again, for 30 days; another body is 422. A refused attempt may be tried again with it.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
})

const header = (name: string, description: string): JsonSchema => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
})

export const PARAMETERS: JsonSchema = {
  IdempotencyKey: key(false),
  IdempotencyKeyRequired: key(true),
  IfMatch: header(
    'If-Match',
    'The `etag` that was seen: 412 where the resource has changed since. The same as `etag` in the body.',
  ),
  IfNoneMatch: header(
    'If-None-Match',
    'The `ETag` that is known already: 304 without a body where it is still that of the resource.',
  ),
  AcceptLanguage: header('Accept-Language', 'zh-CN (default) or en.'),
  RequestId: header('X-Request-Id', 'Answered as it is and written into every log line; made up where it is absent.'),
}

const text = (description: string): JsonSchema => ({ description, schema: { type: 'string' } })

export const HEADERS: JsonSchema = {
  Location: text('Where it can be read.'),
  ETag: text('The `etag` of the resource, in quotes, for If-Match and If-None-Match.'),
  IdempotencyReplayed: text('`true` when this is the first answer again.'),
  Event: text('The last event that tells of the change: `waitFor` of a report waits for it.'),
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' } },
  RateLimit: text('`"partner";r=99;t=6`: requests left, and seconds until all are back.'),
  RateLimitPolicy: text('`"partner";q=6000;w=60`: requests a minute.'),
  Challenge: text(
    '`Bearer`, or `Bearer error="invalid_token"` where another token is needed; `Basic` of `/oauth/token`.',
  ),
  AcceptEncoding: text('`identity`, where the body was compressed.'),
  RequestId: text('The id of the request: the one that was sent, or one that was made up.'),
}

/** What every answer has. */
const ALWAYS = ['RequestId', 'RateLimit', 'RateLimitPolicy']

/** Headers of an answer, by the names of their components. */
export const headersOf = (names: readonly string[] = []): JsonSchema =>
  Object.fromEntries([...ALWAYS, ...names].map((name) => [DASHED.get(name) ?? name, refs.header(name)]))

const problem = (description: string, headers: readonly string[] = []): JsonSchema => ({
  description,
  headers: headersOf(headers),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** The components of headers by their names on the wire. */
const DASHED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    RetryAfter: 'Retry-After',
    RateLimitPolicy: 'RateLimit-Policy',
    Challenge: 'WWW-Authenticate',
    AcceptEncoding: 'Accept-Encoding',
    RequestId: 'X-Request-Id',
    IdempotencyReplayed: 'Idempotency-Replayed',
    Event: 'Saleswright-Event',
  }),
)

export const RESPONSES: JsonSchema = {
  BadRequest: problem('The request breaks its contract; `violations` names the fields.'),
  Unauthenticated: problem('No token, or one that is not good (any more).', ['Challenge']),
  Forbidden: problem('The permission, or what stands for it, is missing.'),
  NotFound: problem('It is not there, or not yours.'),
  Timeout: problem('The body came too slowly.'),
  Conflict: problem('Refused by the rules of the trade; or the same request is under way, and then with Retry-After.', [
    'RetryAfter',
  ]),
  NotModified: { description: 'The resource still has the ETag that was sent.', headers: headersOf(['ETag']) },
  Stale: problem('The resource has changed since the `etag` that was sent.'),
  TooLarge: problem('The body has more than 1 MiB, a file more than 10 MiB, or 50 MiB for whoever may migrate.'),
  UnsupportedMediaType: problem(
    'Another content type is taken here, and neither compressed nor in another charset than UTF-8.',
    ['AcceptEncoding'],
  ),
  KeyReused: problem('The Idempotency-Key was used with another body.'),
  Limited: problem('Too many requests.', ['RetryAfter']),
  Unavailable: problem('Not possible now; a repeat with the same Idempotency-Key does nothing twice.', ['RetryAfter']),
  Problem: problem('A fault on our side; the log knows it by `traceId`.'),
}
