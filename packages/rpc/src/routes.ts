import type { DescMethod } from '@bufbuild/protobuf'
import { accessOf, methodName } from '@saleswright/contracts'
import type { Access } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import type { Bound, Handler } from './call.ts'

export type Route = {
  /** `saleswright.orders.v1.OrderService.PlaceOrder` */
  readonly name: string
  readonly method: DescMethod
  readonly access: Access
  readonly handler: Handler
}

/** Every method by its full name. Throws on what could not be served: no access, no handler, a stream, a service bound twice. */
export const routesOf = (bounds: readonly Bound[]): ReadonlyMap<string, Route> => {
  const routes = bounds.flatMap(({ service, handlers }) =>
    service.methods.map((method) => routeOf(method, handlers.get(method.localName))),
  )
  const byName = new Map(routes.map((route) => [route.name, route]))
  if (byName.size < routes.length) throw new Error('A service is bound twice')
  return byName
}

const routeOf = (method: DescMethod, handler: Handler | undefined): Route => {
  const name = methodName(method)
  if (method.methodKind !== 'unary') throw new Error(`${name} is a stream; only unary methods are served`)
  if (!handler) throw new Error(`${name} has no handler`)
  return { name, method, access: accessOf(method), handler }
}
