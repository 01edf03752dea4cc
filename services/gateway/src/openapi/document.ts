import type { DescMessage } from '@bufbuild/protobuf'
import { type Binding, publicPath } from '../edge/bindings.ts'
import { HEADERS, PARAMETERS, PROBLEM, RESPONSES, securitySchemes } from './components.ts'
import { operationOf } from './operation.ts'
import { componentName, type JsonSchema, messageSchema, SUM, SUM_SCHEMA } from './schema.ts'
import { unboundPaths } from './unbound.ts'

const ABOUT = `Sales management from the first lead to the collected payment.

Money, quantities and rates are decimal strings; times are UTC, business dates days of the company. An unknown field or parameter is refused. Every refusal is an RFC 9457 problem whose \`code\` a program can act on; all codes stand at [/docs/problems](/docs/problems).`

/** The OpenAPI 3.1 document of everything that has a route. */
export const openApiDocument = (bindings: readonly Binding[]): JsonSchema => {
  const schemas = components(bindings)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const binding of bindings) {
    const path = publicPath(binding)
    paths[path] = { ...paths[path], [binding.verb.toLowerCase()]: operationOf(binding, schemas.need) }
  }
  for (const [path, item] of Object.entries(unboundPaths(schemas.need))) paths[path] = { ...paths[path], ...item }
  const tags = new Set(
    Object.values(paths)
      .flatMap((item) => Object.values(item))
      .flatMap(tagsOf),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Saleswright',
      version: '1.0.0',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...schemas.all(), [SUM]: SUM_SCHEMA, Problem: PROBLEM },
      securitySchemes: securitySchemes(scopesOf(bindings)),
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: RESPONSES,
    },
    tags: [...tags].map((name) => ({ name })),
  }
}

/** What partners may ask for in a token, with the methods that need it. */
const scopesOf = (bindings: readonly Binding[]): JsonSchema => {
  const methods = Map.groupBy(
    bindings.filter(({ access }) => access.partners && access.permission),
    ({ access }) => access.permission,
  )
  return Object.fromEntries(
    [...methods].map(([scope, needing]) => [scope, needing.map(({ method }) => method.localName).join(', ')]),
  )
}

const tagsOf = (operation: unknown): readonly string[] => (operation as { readonly tags: readonly string[] }).tags

/** Schemas of the messages that were needed, each once, with those that they need themselves. */
const components = (bindings: readonly Binding[]) => {
  const requests = new Map(bindings.map(({ method, pathFields }) => [method.input.typeName, pathFields]))
  const sent = new Set(bindings.flatMap(({ method }) => [...within(method.input)]))
  const found = new Map<string, JsonSchema>()
  const need = (message: DescMessage): void => {
    const name = componentName(message)
    if (found.has(name)) return
    found.set(name, {})
    const without = requests.get(message.typeName) ?? []
    found.set(name, messageSchema(message, { need, without, closed: sent.has(message.typeName) }))
  }
  return { need, all: () => Object.fromEntries([...found].toSorted(([left], [right]) => (left < right ? -1 : 1))) }
}

/** A message and all that it holds, by their names. */
const within = (message: DescMessage, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(message.typeName)) return seen
  seen.add(message.typeName)
  for (const field of message.fields) if (field.message) within(field.message, seen)
  return seen
}
