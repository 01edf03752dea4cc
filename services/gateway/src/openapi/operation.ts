import type { DescField, DescMessage } from '@bufbuild/protobuf'
import { methodName, sentence } from '@saleswright/contracts'
import { comments } from '@saleswright/contracts/comments.ts'
import { type Access, Access_Idempotency } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import type { Binding } from '../edge/bindings.ts'
import { headersOf } from './components.ts'
import { exampleOf } from './examples.ts'
import { refs } from './refs.ts'
import { componentName, fieldSchema, type JsonSchema } from './schema.ts'

type Need = (message: DescMessage) => void

/** One method as an OpenAPI operation, with what may go wrong and what a call looks like. */
export const operationOf = (binding: Binding, need: Need): JsonSchema => {
  const { method, access } = binding
  const body = bodyOf(binding, need)
  const description = [comments[methodName(method)], refusalsOf(access)].filter(Boolean).join('\n\n')
  return {
    operationId: method.localName,
    tags: [method.parent.name.replace(/Service$/, '')],
    summary: method.name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'),
    ...(description && { description }),
    ...(access.permission && { 'x-permission': access.permission }),
    ...(access.also.length > 0 && { 'x-permissions-besides': access.also }),
    ...(access.errors.length > 0 && { 'x-error-codes': access.errors }),
    'x-partners': access.partners,
    security: securityOf(access),
    parameters: parametersOf(binding, need),
    ...(body && { requestBody: body }),
    responses: { [access.creates ? '201' : '200']: answerOf(binding, need), ...problemsOf(binding) },
  }
}

/** The scope that a partner's token needs is the permission. */
const securityOf = ({ public: open, partners, permission }: Access): readonly JsonSchema[] => {
  if (open) return []
  return partners ? [{ staff: [] }, { partner: permission ? [permission] : [] }] : [{ staff: [] }]
}

/** The contract names the codes, and a code keeps the status of its kind: most are 409, but what is not found stays 404. */
const refusalsOf = ({ errors }: Access): string | undefined => {
  if (errors.length === 0) return undefined
  const lines = errors.map((code) => `- \`${code}\`: ${sentence({ code, params: {} }, 'en')}`)
  return `Refusals of its own, by \`code\`:\n\n${lines.join('\n')}`
}

const takesKey = ({ idempotency }: Access): boolean => idempotency !== Access_Idempotency.IDEMPOTENCY_UNSPECIFIED
const takesEtag = ({ method }: Binding): boolean => method.input.fields.some(({ name }) => name === 'etag')

const isTagged = ({ method }: Binding): boolean => method.output.fields.some(({ name }) => name === 'etag')

const parametersOf = (binding: Binding, need: Need): readonly JsonSchema[] => {
  const { method, pathFields, hasBody, access } = binding
  const parameter = (field: DescField, place: 'path' | 'query'): JsonSchema => ({
    name: field.jsonName,
    in: place,
    required: place === 'path',
    schema: fieldSchema(field, need),
  })
  const inPath = method.input.fields.filter(({ name }) => pathFields.includes(name))
  const inQuery = hasBody ? [] : method.input.fields.filter(({ name }) => !pathFields.includes(name))
  const required = access.idempotency === Access_Idempotency.REQUIRED
  return [
    ...inPath.map((field) => parameter(field, 'path')),
    ...inQuery.map((field) => parameter(field, 'query')),
    ...(takesKey(access) ? [refs.parameter(required ? 'IdempotencyKeyRequired' : 'IdempotencyKey')] : []),
    ...(takesEtag(binding) ? [refs.parameter('IfMatch')] : []),
    ...(binding.verb === 'GET' && isTagged(binding) ? [refs.parameter('IfNoneMatch')] : []),
    refs.parameter('AcceptLanguage'),
    refs.parameter('RequestId'),
  ]
}

const bodyOf = ({ method, hasBody, pathFields }: Binding, need: Need): JsonSchema | undefined => {
  const { input } = method
  const inBody = input.fields.filter(({ name }) => !pathFields.includes(name))
  if (!hasBody || inBody.length === 0) return undefined
  need(input)
  const names = new Set(inBody.map(({ jsonName }) => jsonName))
  const example = Object.fromEntries(Object.entries(exampleOf(input)).filter(([name]) => names.has(name)))
  return { required: true, content: { 'application/json': { schema: refs.schema(componentName(input)), example } } }
}

const answerOf = (binding: Binding, need: Need): JsonSchema => {
  const { method, access, verb } = binding
  need(method.output)
  return {
    description: access.creates ? 'Created' : 'OK',
    headers: headersOf([
      ...(access.creates ? ['Location'] : []),
      ...(isTagged(binding) ? ['ETag'] : []),
      ...(takesKey(access) ? ['IdempotencyReplayed'] : []),
      ...(verb === 'GET' ? [] : ['Event']),
    ]),
    content: {
      'application/json': { schema: refs.schema(componentName(method.output)), example: exampleOf(method.output) },
    },
  }
}

const problemsOf = (binding: Binding): JsonSchema => {
  const { access, verb, hasBody } = binding
  return {
    ...(verb === 'GET' && isTagged(binding) && { '304': refs.response('NotModified') }),
    '400': refs.response('BadRequest'),
    // Public methods refuse a wrong password or token with them; keys are read by anyone.
    ...((!access.public || verb !== 'GET') && {
      '401': refs.response('Unauthenticated'),
      '403': refs.response('Forbidden'),
    }),
    '404': refs.response('NotFound'),
    ...(hasBody && { '408': refs.response('Timeout') }),
    ...(verb !== 'GET' && { '409': refs.response('Conflict') }),
    ...(takesEtag(binding) && { '412': refs.response('Stale') }),
    ...(hasBody && { '413': refs.response('TooLarge'), '415': refs.response('UnsupportedMediaType') }),
    ...(takesKey(access) && { '422': refs.response('KeyReused') }),
    '429': refs.response('Limited'),
    '503': refs.response('Unavailable'),
    default: refs.response('Problem'),
  }
}
