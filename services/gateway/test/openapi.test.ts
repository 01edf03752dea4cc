import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { bindingsOf } from '../src/edge/bindings.ts'
import { EVERY_ANSWER } from '../src/edge/every-answer.ts'
import { loneEdge } from './lone-edge.ts'
import { contracts } from './platform.ts'

const app = await loneEdge()
const document = (await app.inject('/openapi.json')).json()

type Operation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string; readonly in?: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<Record<string, Response>>
}
type Response = {
  readonly $ref?: string
  readonly headers?: object
  readonly content?: Readonly<Record<string, Media>>
}
type Media = { readonly schema: object; readonly example?: unknown }

const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([verb, operation]) => [`${verb.toUpperCase()} ${path}`, operation] as const),
)
const named = new Map(operations)

/** Fastify's tree of routes, `├── /v1/orders (GET, HEAD)`, as a list. */
const routesOfTree = (tree: string): readonly string[] => {
  const open: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', verbs = ''] = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/u.exec(line) ?? []
    const depth = indent.length / 4
    open.splice(depth, open.length, part)
    return verbs ? verbs.split(', ').map((verb) => `${verb} ${open.join('')}`) : []
  })
}

/** A page for people is no operation. */
const PAGES = /^GET \/(docs(\/|$)|password-setup(\.js)?$|$)/

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(structuredClone(document))
  expect(result.errors ?? []).toEqual([])
  expect([result.valid, validator.version]).toEqual([true, '3.1'])
})

describe('the document and the routes', () => {
  const anonymous = (route: string) => route.replaceAll(/:\w+|\{\w+\}/g, '{}')
  const routes = routesOfTree(app.printRoutes({ commonPrefix: false })).filter((route) => !route.startsWith('HEAD'))

  test('every route stands in the document', () => {
    const known = new Set([...named.keys()].map(anonymous))
    expect(routes.length).toBeGreaterThan(100)
    expect(routes.filter((route) => !PAGES.test(route) && !known.has(anonymous(route)))).toEqual([])
  })

  test('everything in the document is a route', () => {
    const served = new Set(routes.map(anonymous))
    expect([...named.keys()].filter((name) => !served.has(anonymous(name)))).toEqual([])
  })

  test('every method of the contracts with a route is there by its name', () => {
    const ids = operations.map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(bindingsOf(contracts).filter(({ method }) => !ids.includes(method.localName))).toEqual([])
  })
})

const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }))
ajv.addSchema(document, 'saleswright')
const valid = (pointer: string, value: unknown): string => {
  const validate = ajv.compile({ $ref: `saleswright#${pointer}` })
  return validate(value) ? '' : ajv.errorsText(validate.errors)
}
const pointerOf = (...steps: readonly string[]) =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

test.each(operations)('%s says who may call it, what may go wrong, and what it looks like', (name, operation) => {
  expect(operation.security, 'security').toBeInstanceOf(Array)
  expect(Object.keys(operation.responses).filter((status) => !status.startsWith('2')).length).toBeGreaterThan(0)
  const [verb = '', path = ''] = name.split(' ')
  const inPath = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'path')
    .map((parameter) => `{${parameter.name}}`)
  expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath)
  const at = (...steps: readonly string[]) => pointerOf('paths', path, verb.toLowerCase(), ...steps)
  for (const [type, { example }] of Object.entries(operation.requestBody?.content ?? {}))
    if (type !== 'multipart/form-data') expect(valid(at('requestBody', 'content', type, 'schema'), example)).toBe('')
  for (const [status, { content = {} }] of Object.entries(operation.responses))
    for (const [type, media] of Object.entries(content))
      if (media.example) expect(valid(at('responses', status, 'content', type, 'schema'), media.example)).toBe('')
})

describe('what happens stands in the document', () => {
  /** Of every answer, or of HTTP itself. */
  const UNTOLD = new Set([...Object.keys(EVERY_ANSWER), 'connection', 'content-length', 'content-type', 'date'])
  const responseOf = ({ responses }: Operation, status: number): Response | undefined => {
    const response = responses[String(status)]
    return response?.$ref ? document.components.responses[response.$ref.split('/').at(-1) ?? ''] : response
  }
  const json = { 'content-type': 'application/json', 'idempotency-key': 'once' }
  const requests: readonly (readonly [string, object])[] = [
    ['a request', { headers: json, payload: {} }],
    ['a broken body', { headers: json, payload: '{' }],
    ['another type', { headers: { ...json, 'content-type': 'text/plain' }, payload: 'x' }],
    ['a compressed body', { headers: { ...json, 'content-encoding': 'gzip' }, payload: 'x' }],
    ['a body without end', { headers: json, payload: `"${'x'.repeat(1_100_000)}"` }],
  ]
  const bodiless = /^(GET|DELETE) /
  const asked = operations.flatMap(([name, operation]) =>
    requests
      .filter(([kind]) => kind === 'a request' || !bodiless.test(name))
      .map(([kind, request]) => ({ name, operation, kind, request })),
  )

  test.each(asked)('$name: $kind', async ({ name, operation, request }) => {
    const [method = '', path = ''] = name.split(' ')
    const url = path.replaceAll(/\{\w+\}/g, '01a20589-ec6c-76ee-b350-32168c81ac78')
    const sent = bodiless.test(name) ? {} : request
    const { statusCode, headers } = await app.inject({ method: method as 'GET', url, ...sent })
    const response = responseOf(operation, statusCode)
    expect(response, `${statusCode}`).toBeDefined()
    const told = new Set(Object.keys(response?.headers ?? {}).map((header) => header.toLowerCase()))
    expect(Object.keys(headers).filter((header) => !UNTOLD.has(header) && !told.has(header))).toEqual([])
    const type = String(headers['content-type']).split(';')[0] ?? ''
    expect(Object.keys(response?.content ?? {})).toContain(type)
  })
})

test('a partner reads from the document which scopes there are and which it needs', () => {
  const { scopes } = document.components.securitySchemes.partner.flows.clientCredentials
  expect(Object.keys(scopes)).toEqual(expect.arrayContaining(['orders.read', 'orders.write', 'products.read']))
  expect(named.get('POST /v1/orders')?.security).toEqual([{ staff: [] }, { partner: ['orders.write'] }])
})

describe('writes', () => {
  const writes = operations.filter(([name]) => /^(POST|PATCH) \/v1/.test(name) && !name.endsWith('/v1/files'))
  const parametersOf = ({ parameters = [] }: Operation) =>
    parameters.map(({ $ref, name }) => name ?? $ref?.split('/').at(-1))

  test.each(writes)('%s tells of conflicts, keys and etags', (_, operation) => {
    const parameters = parametersOf(operation)
    const statuses = Object.keys(operation.responses)
    expect(statuses).toContain('409')
    expect(statuses.includes('422')).toBe(parameters.some((name) => name?.startsWith('IdempotencyKey')))
    expect(statuses.includes('412')).toBe(parameters.includes('IfMatch'))
  })

  test('what has to have a key says so', () => {
    const required = bindingsOf(contracts).filter(({ access }) => access.idempotency === 2)
    expect(required.length).toBeGreaterThan(10)
    const byId = new Map(operations.map(([, operation]) => [operation.operationId, operation]))
    for (const { method } of required)
      expect(parametersOf(byId.get(method.localName)!)).toContain('IdempotencyKeyRequired')
  })

  test('a request is closed, and does not repeat what stands in its path', () => {
    const { schemas } = document.components
    expect(schemas['orders.CreateOrderRequest']).toMatchObject({
      additionalProperties: false,
      required: ['customerId', 'lines'],
    })
    expect(Object.keys(schemas['orders.CancelOrderRequest'].properties)).toEqual(['reason', 'etag'])
    expect(schemas['orders.Order'].additionalProperties).toBeUndefined()
  })
})

test('nothing refers to what is not there, and nothing stands there that nobody refers to', () => {
  const text = JSON.stringify(document)
  const wanted = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name]) => name))
  const kept = ['schemas', 'parameters', 'headers', 'responses'].flatMap((kind) =>
    Object.keys(document.components[kind]).map((name) => `${kind}/${name}`),
  )
  expect([...wanted].filter((name) => !kept.includes(name ?? ''))).toEqual([])
  expect(kept.filter((name) => !wanted.has(name))).toEqual([])
})

test('no word of what is internal stands in it', () => {
  const internal = ['IssueServiceToken', 'ReadEvents', 'LookUpPerson', 'issuePartnerToken', 'WakeRelay']
  expect(internal.filter((name) => JSON.stringify(document).includes(name))).toEqual([])
})
