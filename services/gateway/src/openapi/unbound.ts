import type { DescMessage } from '@bufbuild/protobuf'
import { StoredFileSchema } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { headersOf } from './components.ts'
import { exampleOf } from './examples.ts'
import { refs } from './refs.ts'
import { componentName, type JsonSchema } from './schema.ts'

type Paths = Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>

/** The routes that are no methods of a contract. */
export const unboundPaths = (need: (message: DescMessage) => void): Paths => {
  need(StoredFileSchema)
  return {
    '/oauth/token': { post: TOKEN },
    '/v1/files': { post: UPLOAD },
    '/v1/files/{fileId}/content': { get: DOWNLOAD },
    '/livez': { get: probe('livez', 'Whether it runs', {}) },
    '/readyz': { get: probe('readyz', 'Whether it can serve', { '503': state('Not now.', 'starting') }) },
    '/openapi.json': { get: DOCUMENT },
  }
}

const text = { type: 'string' }
const json = (schema: JsonSchema, example: unknown): JsonSchema => ({ 'application/json': { schema, example } })

const refusedToken = (description: string, example: string, headers: readonly string[] = []): JsonSchema => ({
  description,
  headers: headersOf(headers),
  content: json(
    { type: 'object', properties: { error: text, error_description: text }, required: ['error'] },
    { error: example },
  ),
})

const TOKEN: JsonSchema = {
  operationId: 'issueToken',
  tags: ['Token'],
  summary: 'Client credentials for an access token',
  description: 'RFC 6749, section 4.4; the client signs in by HTTP Basic or in the form.',
  security: [],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          properties: {
            grant_type: { const: 'client_credentials' },
            client_id: text,
            client_secret: text,
            scope: text,
          },
          required: ['grant_type'],
        },
        example: {
          grant_type: 'client_credentials',
          client_id: 'my-shop',
          client_secret: 'secret',
          scope: 'orders.read',
        },
      },
    },
  },
  responses: {
    '200': {
      description: 'OK',
      headers: headersOf(),
      content: json(
        {
          type: 'object',
          properties: {
            access_token: text,
            token_type: { const: 'Bearer' },
            expires_in: { type: 'integer' },
            scope: text,
          },
          required: ['access_token', 'token_type', 'expires_in', 'scope'],
        },
        { access_token: 'eyJ…', token_type: 'Bearer', expires_in: 300, scope: 'orders.read' },
      ),
    },
    '400': refusedToken('`unsupported_grant_type`, `invalid_request`, `invalid_scope`', 'invalid_request'),
    '401': refusedToken('`invalid_client`', 'invalid_client', ['Challenge']),
    '413': refs.response('TooLarge'),
    '415': refs.response('UnsupportedMediaType'),
    '429': refs.response('Limited'),
    '503': refs.response('Unavailable'),
    default: refs.response('Problem'),
  },
}

const UPLOAD: JsonSchema = {
  operationId: 'uploadFile',
  tags: ['File'],
  summary: 'Upload a file',
  description: 'One file of at most 10 MiB, or 50 MiB for whoever may migrate. Its type is read from its bytes.',
  'x-permission': 'files.write',
  'x-partners': false,
  security: [{ staff: [] }],
  parameters: [refs.parameter('IdempotencyKey'), refs.parameter('AcceptLanguage'), refs.parameter('RequestId')],
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
      },
    },
  },
  responses: {
    '201': {
      description: 'Created',
      headers: headersOf(['Location', 'IdempotencyReplayed']),
      content: json(refs.schema(componentName(StoredFileSchema)), exampleOf(StoredFileSchema)),
    },
    '400': refs.response('BadRequest'),
    '401': refs.response('Unauthenticated'),
    '403': refs.response('Forbidden'),
    '408': refs.response('Timeout'),
    '409': refs.response('Conflict'),
    '413': refs.response('TooLarge'),
    '415': refs.response('UnsupportedMediaType'),
    '422': refs.response('KeyReused'),
    '429': refs.response('Limited'),
    '503': refs.response('Unavailable'),
    default: refs.response('Problem'),
  },
}

const DOWNLOAD: JsonSchema = {
  operationId: 'downloadFile',
  tags: ['File'],
  summary: 'The bytes of a file',
  'x-permission': 'files.read',
  'x-partners': false,
  security: [{ staff: [] }],
  parameters: [
    { name: 'fileId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    refs.parameter('AcceptLanguage'),
    refs.parameter('RequestId'),
  ],
  responses: {
    '200': {
      description: 'OK',
      headers: {
        ...headersOf(),
        'Content-Disposition': { description: '`attachment`, with the name that it was uploaded under.', schema: text },
      },
      content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
    },
    '400': refs.response('BadRequest'),
    '401': refs.response('Unauthenticated'),
    '403': refs.response('Forbidden'),
    '404': refs.response('NotFound'),
    '429': refs.response('Limited'),
    '503': refs.response('Unavailable'),
    default: refs.response('Problem'),
  },
}

const state = (description: string, example: string): JsonSchema => ({
  description,
  headers: { 'X-Request-Id': refs.header('RequestId') },
  content: json({ type: 'object', properties: { status: text }, required: ['status'] }, { status: example }),
})

const probe = (operationId: string, summary: string, more: JsonSchema): JsonSchema => ({
  operationId,
  tags: ['Operations'],
  summary,
  security: [],
  responses: { '200': state('OK', 'ok'), ...more, default: refs.response('Problem') },
})

const DOCUMENT: JsonSchema = {
  operationId: 'openApi',
  tags: ['Operations'],
  summary: 'This document',
  security: [],
  parameters: [refs.parameter('IfNoneMatch')],
  responses: {
    '200': {
      description: 'OK',
      headers: headersOf(['ETag']),
      content: { 'application/json': { schema: { type: 'object' } } },
    },
    '304': refs.response('NotModified'),
    '429': refs.response('Limited'),
    default: refs.response('Problem'),
  },
}
