import type { DescField, DescMessage } from '@bufbuild/protobuf'
import { methodName, sentence } from '@saleswright/contracts'
import { comments } from '@saleswright/contracts/comments.ts'
import { Access_Idempotency } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import type { Binding } from '../edge/bindings.ts'
import { exampleOf } from './examples.ts'
import { componentName, fieldSchema, type JsonSchema } from './schema.ts'

type Needed = (message: DescMessage) => void

/** One method as an OpenAPI operation, with what may go wrong and what a call looks like. */
export const operationOf = (binding: Binding, needed: Needed): JsonSchema => {
  const { method, access } = binding
  const text = comments[methodName(method)]
  const body = bodyOf(binding, needed)
  return {
    operationId: method.localName,
    tags: [method.parent.name.replace(/Service$/, '')],
    summary: method.name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'),
    ...(text && { description: text }),
    ...(access.permission && { 'x-permission': access.permission }),
    'x-partners': access.partners,
    security: access.public ? [] : access.partners ? [{ staff: [] }, { partner: [] }] : [{ staff: [] }],
    parameters: parametersOf(binding, needed),
    ...(body && { requestBody: body }),
    responses: { [access.creates ? '201' : '200']: answerOf(binding, needed), ...refusals(binding) },
  }
}

const parametersOf = (binding: Binding, needed: Needed): readonly JsonSchema[] => {
  const { method, pathFields, hasBody, access } = binding
  const parameter = (field: DescField, place: 'path' | 'query'): JsonSchema => ({
    name: field.jsonName,
    in: place,
    required: place === 'path',
    schema: fieldSchema(field, needed),
  })
  const inPath = method.input.fields.filter(({ name }) => pathFields.includes(name))
  const inQuery = hasBody ? [] : method.input.fields.filter(({ name }) => !pathFields.includes(name))
  return [
    ...inPath.map((field) => parameter(field, 'path')),
    ...inQuery.map((field) => parameter(field, 'query')),
    ...(access.idempotency === Access_Idempotency.IDEMPOTENCY_UNSPECIFIED ? [] : [keyParameter(access.idempotency)]),
    { $ref: '#/components/parameters/AcceptLanguage' },
  ]
}

const keyParameter = (idempotency: Access_Idempotency): JsonSchema => ({
  $ref:
    idempotency === Access_Idempotency.REQUIRED
      ? '#/components/parameters/IdempotencyKeyRequired'
      : '#/components/parameters/IdempotencyKey',
})

const bodyOf = ({ method, hasBody, pathFields }: Binding, needed: Needed): JsonSchema | undefined => {
  if (!hasBody) return undefined
  const { input } = method
  const inBody = input.fields.filter(({ name }) => !pathFields.includes(name))
  if (inBody.length === 0) return undefined
  needed(input)
  const names = new Set(inBody.map(({ jsonName }) => jsonName))
  const example = Object.fromEntries(Object.entries(exampleOf(input)).filter(([name]) => names.has(name)))
  return {
    required: true,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${componentName(input)}` }, example } },
  }
}

const answerOf = ({ method, access }: Binding, needed: Needed): JsonSchema => {
  needed(method.output)
  const replay = access.idempotency !== Access_Idempotency.IDEMPOTENCY_UNSPECIFIED
  return {
    description: access.creates ? 'Created' : 'OK',
    headers: {
      ...(access.creates && { Location: { schema: { type: 'string' }, description: 'Where it can be read.' } }),
      ...(replay && { 'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' } }),
    },
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${componentName(method.output)}` },
        example: exampleOf(method.output),
      },
    },
  }
}

const refusals = ({ access }: Binding): JsonSchema => {
  const codes = access.errors.map((code) => `- \`${code}\`: ${sentence({ code, params: {} }, 'en')}`)
  const own = codes.length > 0 ? { 'x-error-codes': access.errors } : {}
  return {
    ...(codes.length > 0 && {
      '409': { ...problem(`Refused by the rules of the trade.\n\n${codes.join('\n')}`), ...own },
    }),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...(!access.public && {
      '401': { $ref: '#/components/responses/Unauthenticated' },
      '403': { $ref: '#/components/responses/Forbidden' },
    }),
    '404': { $ref: '#/components/responses/NotFound' },
    '429': { $ref: '#/components/responses/Limited' },
    default: { $ref: '#/components/responses/Problem' },
  }
}

export const problem = (description: string): JsonSchema => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
