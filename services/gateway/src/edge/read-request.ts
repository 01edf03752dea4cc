import {
  type DescField,
  type DescMessage,
  fromJson,
  type JsonObject,
  type JsonValue,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf'
import { invalid, type Violation } from '@saleswright/kernel'
import { type Binding, fieldNamed } from './bindings.ts'
import { shapeFaults } from './json-shape.ts'

/** What a request brings, already parsed by the server. */
export type Incoming = {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly ifMatch?: string | undefined
}

/** Makes the reader of one method's requests: path, query and body become one message, and what the contract does not know is refused by name. */
export const requestReader = (binding: Binding): ((incoming: Incoming) => Message) => {
  const { input } = binding.method
  const pathNames = binding.pathFields.map((name) => [name, fieldNamed(input, name).jsonName] as const)
  const inPath = new Set(pathNames.flat())
  const etag = input.fields.some(({ name }) => name === 'etag')
  return ({ params, query, body, ifMatch }) => {
    const fromPath = Object.fromEntries(pathNames.map(([name, jsonName]) => [jsonName, params[name] ?? '']))
    const given = binding.hasBody ? { ...bodyOf(body, inPath), ...noQuery(query) } : fromQuery(input, query)
    const matched = etag && ifMatch ? { etag: ifMatch } : {}
    return decode(input, { ...given, ...matched, ...fromPath })
  }
}

const decode = (input: DescMessage, json: JsonObject): Message => {
  const broken = brokenText(json) ? shapeFaults(input, json) : []
  if (broken.length > 0) throw invalid('malformed_request', {}, broken)
  try {
    return fromJson(input, json)
  } catch (error) {
    const faults = shapeFaults(input, json)
    if (faults.length > 0) throw invalid('malformed_request', {}, faults)
    throw invalid('malformed_request', {}, [{ field: '', rule: 'json', message: (error as Error).message }])
  }
}

/** NUL and halves of surrogate pairs would be refused far behind the edge, or stored as something else. */
const brokenText = (json: JsonObject): boolean => /\\u0000|\\ud[89a-f]/i.test(JSON.stringify(json))

const refuse = (violations: readonly Violation[]): never => {
  throw invalid('malformed_request', {}, violations)
}

const bodyOf = (body: unknown, inPath: ReadonlySet<string>): JsonObject => {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body))
    refuse([{ field: '', rule: 'object', message: 'must be an object' }])
  const twice = Object.keys(body).filter((name) => inPath.has(name))
  if (twice.length > 0)
    refuse(twice.map((field) => ({ field, rule: 'in_path', message: 'stands in the path already' })))
  return body as JsonObject
}

const noQuery = (query: Readonly<Record<string, unknown>>): JsonObject => {
  const names = Object.keys(query)
  if (names.length > 0)
    refuse(names.map((field) => ({ field, rule: 'unknown_parameter', message: 'is not a parameter of this request' })))
  return {}
}

const fromQuery = (input: DescMessage, query: Readonly<Record<string, unknown>>): JsonObject => {
  const faults: Violation[] = []
  const json: Record<string, JsonValue> = {}
  for (const [name, text] of Object.entries(query)) {
    const field = input.fields.find(({ jsonName }) => jsonName === name)
    const value = field && typeof text === 'string' ? queryValue(field, text) : undefined
    if (value === undefined) faults.push(queryFault(name, field, text))
    else json[name] = value
  }
  if (faults.length > 0) refuse(faults)
  return json
}

const queryFault = (field: string, known: DescField | undefined, text: unknown): Violation => {
  if (!known) return { field, rule: 'unknown_parameter', message: 'is not a parameter of this request' }
  if (Array.isArray(text)) return { field, rule: 'once', message: 'may be given once' }
  return { field, rule: 'parameter', message: 'is not a value of this parameter' }
}

const queryValue = (field: DescField, text: string): JsonValue | undefined => {
  if (field.fieldKind === 'enum') return text
  if (field.fieldKind !== 'scalar') return undefined
  if (field.scalar === ScalarType.BOOL) return { true: true, false: false }[text]
  if (field.scalar === ScalarType.STRING) return text
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}
