import { type DescField, type DescMessage, type DescMethod, type DescService, getOption } from '@bufbuild/protobuf'
import { accessOf } from '@saleswright/contracts'
import { http } from '@saleswright/contracts/google/api/annotations_pb.ts'
import type { Access } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'

type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** A method of the contract as the outside sees it. */
export type Binding = {
  readonly method: DescMethod
  readonly access: Access
  readonly verb: Verb
  /** As in the contract: `/v1/orders/{order_id}`. */
  readonly path: string
  /** The fields that stand in the path, by their names in the contract. */
  readonly pathFields: readonly string[]
  /** Whether the other fields come as a body, and not as query parameters. */
  readonly hasBody: boolean
}

/** Every method of the services that has a route. Internal methods have none, and the contract must not give them one. */
export const bindingsOf = (services: readonly DescService[]): readonly Binding[] =>
  services.flatMap((service) => service.methods.flatMap((method) => bindingOf(method) ?? []))

const bindingOf = (method: DescMethod): Binding | undefined => {
  const { pattern, body } = getOption(method, http)
  if (pattern.case === undefined) return undefined
  if (pattern.case === 'custom') throw new Error(`${method.name} names no HTTP verb`)
  const access = accessOf(method)
  if (access.internal) throw new Error(`${method.name} is internal and names a route`)
  return {
    method,
    access,
    verb: pattern.case.toUpperCase() as Verb,
    path: pattern.value,
    pathFields: [...pattern.value.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    hasBody: body === '*',
  }
}

export const fieldNamed = (message: DescMessage, name: string): DescField => {
  const field = message.fields.find((candidate) => candidate.name === name)
  if (!field) throw new Error(`${message.typeName} has no field ${name}`)
  return field
}

/** `/v1/orders/{order_id}` → `/v1/orders/{orderId}`: what people read. */
export const publicPath = ({ method, path }: Binding): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `{${fieldNamed(method.input, name).jsonName}}`)
