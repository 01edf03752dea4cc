import { newId } from '@saleswright/kernel'
import { type Binding, bindingsOf } from '../src/edge/bindings.ts'
import { exampleOf } from '../src/openapi/examples.ts'
import type { Ids } from './house.ts'
import type { Answer, Http, Json } from './http.ts'
import { contracts } from './platform.ts'

/** Every route of the contracts. */
export const bindings = bindingsOf(contracts)
export const nameOf = ({ verb, path }: Binding) => `${verb} ${path}`
export const named = (some: readonly Binding[]) => some.map((binding) => [nameOf(binding), binding] as const)
/** What is public takes no id of a row in its path, but a secret. */
export const withId = bindings.filter(({ pathFields, access }) => pathFields.length > 0 && !access.public)
export const lists = bindings.filter(
  ({ verb, pathFields, access }) =>
    verb === 'GET' && pathFields.length === 0 && !access.public && access.permission !== 'session',
)

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const pathOf = ({ path }: Binding, ids: Ids) =>
  path.replaceAll(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(ids[field] ?? newId()))

/** A request as the contract shows it, about the rows that the ids name. No etag keeps it from being done. */
const bodyOf = ({ method, pathFields }: Binding, ids: Ids): Json => {
  const inPath = new Set(
    method.input.fields.filter(({ name }) => pathFields.includes(name)).map(({ jsonName }) => jsonName),
  )
  const known = (name: string, value: unknown) => (name === 'context' ? 'orders' : (ids[snake(name)] ?? value))
  return Object.fromEntries(
    Object.entries(exampleOf(method.input))
      .filter(([name]) => !inPath.has(name) && name !== 'etag')
      .map(([name, value]) => [name, known(name, value)]),
  )
}

export const asker =
  (http: Http) =>
  (binding: Binding, token: string | undefined, ids: Ids): Promise<Answer> =>
    http.call(binding.verb, pathOf(binding, ids), {
      token,
      ...(binding.hasBody && { body: bodyOf(binding, ids), key: newId() }),
    })
