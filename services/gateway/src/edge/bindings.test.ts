import { clone, create, type DescService, setExtension } from '@bufbuild/protobuf'
import { MethodOptionsSchema } from '@bufbuild/protobuf/wkt'
import { accessOf, registry } from '@saleswright/contracts'
import { AccessSchema, access } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { KeyService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { expect, test } from 'vitest'
import { bindingsOf, publicPath } from './bindings.ts'

const services = [...registry].flatMap((type) => (type.kind === 'service' ? [type] : []))
const bindings = bindingsOf(services)
const routeOf = ({ verb, path }: (typeof bindings)[number]) => `${verb} ${path.replaceAll(/\{\w+\}/g, '{}')}`

test('a method becomes the route that its contract names', () => {
  const confirm = bindingsOf([OrderService]).find(({ method }) => method.name === 'ConfirmOrder')
  expect(confirm).toMatchObject({
    verb: 'POST',
    path: '/v1/orders/{order_id}/confirm',
    pathFields: ['order_id'],
    hasBody: true,
  })
  expect(publicPath(confirm!)).toBe('/v1/orders/{orderId}/confirm')
})

test('no two methods have the same route', () => {
  const routes = bindings.map(routeOf)
  expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
})

test('what is internal or has no route is left out', () => {
  const names = new Set(bindings.map(({ method }) => method.name))
  const internal = services.flatMap(({ methods }) => methods).filter((method) => accessOf(method).internal)
  expect(internal.length).toBeGreaterThan(5)
  expect(internal.filter(({ name }) => names.has(name))).toEqual([])
  expect(names).not.toContain('IssueServiceToken')
})

test('an internal method with a route stops the start', () => {
  const [getJwks] = KeyService.methods
  const options = clone(MethodOptionsSchema, getJwks!.proto.options!)
  setExtension(options, access, create(AccessSchema, { internal: true }))
  const internal = { ...getJwks!, proto: { ...getJwks!.proto, options } }
  const service = { ...KeyService, methods: [internal] } as unknown as DescService
  expect(() => bindingsOf([service])).toThrow('GetJwks is internal and names a route')
})

test.each(bindings.map((binding) => [routeOf(binding), binding] as const))(
  '%s keeps to the conventions',
  (_, binding) => {
    const { path, verb, method, hasBody } = binding
    const { permission, public: open } = binding.access
    expect(path).toMatch(/^\/v1\/[a-z-]+(\/(\{[a-z_]+\}|[a-z-]+))*$|^\/\.well-known\/jwks\.json$/)
    expect(hasBody).toBe(verb === 'POST' || verb === 'PATCH')
    expect(permission !== '' || open).toBe(true)
    if (verb === 'PATCH') expect(method.input.fields.map(({ name }) => name)).toContain('etag')
  },
)
