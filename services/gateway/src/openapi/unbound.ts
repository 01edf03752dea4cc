import type { DescMessage } from '@bufbuild/protobuf'
import { StoredFileSchema } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { problem } from './operation.ts'
import { componentName, type JsonSchema } from './schema.ts'

/** The two routes that are no methods of a contract, because their bodies are no JSON. */
export const unboundPaths = (needed: (message: DescMessage) => void): JsonSchema => {
  needed(StoredFileSchema)
  return { '/oauth/token': { post: TOKEN }, '/v1/files': { post: upload() } }
}

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
            client_id: { type: 'string' },
            client_secret: { type: 'string' },
            scope: { type: 'string' },
          },
          required: ['grant_type'],
        },
      },
    },
  },
  responses: {
    '200': {
      description: 'OK',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              access_token: { type: 'string' },
              token_type: { const: 'Bearer' },
              expires_in: { type: 'integer' },
              scope: { type: 'string' },
            },
          },
        },
      },
    },
    '400': { description: '`unsupported_grant_type`, `invalid_request`' },
    '401': { description: '`invalid_client`' },
  },
}

const upload = (): JsonSchema => ({
  operationId: 'uploadFile',
  tags: ['File'],
  summary: 'Upload a file',
  'x-permission': 'files.write',
  security: [{ staff: [] }],
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
      content: {
        'application/json': { schema: { $ref: `#/components/schemas/${componentName(StoredFileSchema)}` } },
      },
    },
    '413': problem('The file is larger than 50 MiB.'),
    default: { $ref: '#/components/responses/Problem' },
  },
})
