import type { DescMessage } from '@bufbuild/protobuf'
import { type Binding, publicPath } from '../edge/bindings.ts'
import { operationOf, problem } from './operation.ts'
import { componentName, type JsonSchema, messageSchema } from './schema.ts'
import { unboundPaths } from './unbound.ts'

/** The OpenAPI 3.1 document of everything that has a route. */
export const openApiDocument = (bindings: readonly Binding[]): JsonSchema => {
  const schemas = components()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const binding of bindings) {
    const path = publicPath(binding)
    paths[path] = { ...paths[path], [binding.verb.toLowerCase()]: operationOf(binding, schemas.need) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Saleswright',
      version: '1.0.0',
      description:
        'Sales management from the first lead to the collected payment. Money, quantities and rates are decimal strings; times are UTC, business dates days of the company. An unknown field or parameter is refused.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: { ...paths, ...unboundPaths(schemas.need) },
    components: {
      schemas: { ...schemas.all(), Problem: PROBLEM },
      securitySchemes: SECURITY,
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: RESPONSES,
    },
    tags: [...new Set(bindings.map(({ method }) => method.parent.name.replace(/Service$/, '')))].map((name) => ({
      name,
    })),
  }
}

/** Schemas of the messages that were needed, each once, with those that they need themselves. */
const components = () => {
  const found = new Map<string, JsonSchema>()
  const need = (message: DescMessage): void => {
    const name = componentName(message)
    if (found.has(name)) return
    found.set(name, {})
    found.set(name, messageSchema(message, need))
  }
  return { need, all: () => Object.fromEntries([...found].toSorted(([left], [right]) => (left < right ? -1 : 1))) }
}

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457.',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, snake_case: what a program acts on.' },
    detail: { type: 'string', description: 'In the language of the caller.' },
    instance: { type: 'string' },
    traceId: { type: 'string' },
    violations: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string', description: 'JSON path, `lines[0].sku`.' },
          rule: { type: 'string' },
          message: { type: 'string' },
        },
        required: ['field', 'rule', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code'],
}

const SECURITY: JsonSchema = {
  staff: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /v1/sessions.' },
  partner: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: {} } } },
}

const key = (required: boolean): JsonSchema => ({
  name: 'Idempotency-Key',
  in: 'header',
  required,
  description:
    'The same key and body give the first answer again, for 30 days; another body is 422. A refused attempt may be tried again with it.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
})

const PARAMETERS: JsonSchema = {
  IdempotencyKey: key(false),
  IdempotencyKeyRequired: key(true),
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description: 'zh-CN (default) or en.',
    schema: { type: 'string' },
  },
}

const HEADERS: JsonSchema = {
  IdempotencyReplayed: { description: '`true` when this is the first answer again.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' } },
}

const RESPONSES: JsonSchema = {
  BadRequest: problem('The request breaks its contract; `violations` names the fields.'),
  Unauthenticated: problem('No token, or one that is not good (any more).'),
  Forbidden: problem('The permission is missing.'),
  NotFound: problem('It is not there, or not yours.'),
  Limited: {
    ...problem('Too many requests.'),
    headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } },
  },
  Problem: problem('Refused or failed: 408, 412, 413, 415, 422, 500 or 503.'),
}
