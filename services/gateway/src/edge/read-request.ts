import { type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf'
import { CLEARED, clearableFields } from '@saleswright/contracts'
import { AppError, invalid } from '@saleswright/kernel'
import { type Binding, fieldNamed } from './bindings.ts'
import { collectFaults, type Faults, messageReader } from './read-message.ts'

/** What a request brings, already parsed by the server. */
export type Incoming = {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  /** The query as it was sent. */
  readonly search?: string
  readonly body: unknown
  readonly ifMatch?: string | undefined
}

type Json = Readonly<Record<string, unknown>>

/**
 * Makes the reader of one method's requests: path, query and body become one message. What the contract does not know is
 * refused as `malformed_request`, all of it at once and by name.
 */
export const requestReader = (binding: Binding): ((incoming: Incoming) => Message) => {
  const { input } = binding.method
  const pathNames = binding.pathFields.map((name) => [name, fieldNamed(input, name).jsonName] as const)
  const inPath = new Set(pathNames.map(([, jsonName]) => jsonName))
  const hasEtag = input.fields.some(({ name }) => name === 'etag')
  const read = messageReader(input)
  const clear = clearing(binding)
  const readQuery = queryReader(binding.hasBody ? undefined : input, inPath)
  return ({ params, query, search, body, ifMatch }) => {
    const faults = collectFaults()
    if (search?.includes('%')) refuseUndecodable(search, faults)
    const asked = readQuery(query, faults)
    const given: Record<string, unknown> = { ...(binding.hasBody ? bodyOf(body, inPath, faults) : asked) }
    Object.assign(given, clear(given, faults))
    if (hasEtag) Object.assign(given, etagOf(ifMatch, given.etag, faults))
    for (const [name, jsonName] of pathNames) given[jsonName] = params[name] ?? ''
    const message = read(given, faults)
    if (faults.found.length > 0) throw invalid('malformed_request', {}, faults.found)
    return message
  }
}

/**
 * `"3"` and a bare 3 mean the same; `*` matches whatever is there. A weak tag matches nothing (RFC 9110, 13.1.1). An empty one would
 * guard nothing though the caller relies on it, and where header and body name two states at least one of them has passed.
 */
const etagOf = (ifMatch: string | undefined, inBody: unknown, faults: Faults): Json => {
  if (inBody === '') faults.add('etag', 'etag')
  if (ifMatch === undefined || ifMatch === '*') return {}
  const { weak, quoted, bare } = /^(?:(?<weak>W\/)?"(?<quoted>[^"]+)"|(?<bare>[^",\s]+))$/.exec(ifMatch)?.groups ?? {}
  const etag = quoted ?? bare
  if (etag === undefined) return faults.add('If-Match', 'etag') ?? {}
  if (weak || (inBody !== undefined && inBody !== etag)) throw new AppError('stale', 'etag_mismatch')
  return { etag }
}

const bodyOf = (body: unknown, inPath: ReadonlySet<string>, faults: Faults): Json => {
  if (body === undefined) return {}
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return faults.add('', 'object') ?? {}
  for (const name of Object.keys(body)) if (inPath.has(name)) faults.add(name, 'in_path')
  return body as Json
}

/**
 * Takes the nulls of a PATCH out of its body, as the list of the fields that become absent (RFC 7396). A field that the record needs
 * keeps its null, which the reader refuses by name, as it does a list that was sent by hand.
 */
const clearing = ({ method, verb }: Binding) => {
  const list = method.input.fields.find(({ name }) => name === CLEARED)?.jsonName
  const names = new Set(clearableFields(method).map(({ jsonName }) => jsonName))
  return (given: Record<string, unknown>, faults: Faults): Json => {
    if (verb !== 'PATCH' || list === undefined) return {}
    if (given[list] !== undefined) faults.add(list, 'unknown_field')
    const cleared = Object.keys(given).filter((name) => given[name] === null && names.has(name))
    for (const name of cleared) delete given[name]
    return { [list]: cleared }
  }
}

/** The parser leaves what is no encoded UTF-8 as it stands, and it would be looked for as something else. */
const refuseUndecodable = (search: string, faults: Faults): void => {
  for (const part of search.split('&')) if (!isDecodable(part)) faults.add(part.split('=')[0] ?? '', 'characters')
}

const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/** Parameters are texts; what they are meant to be is said by the field. Without a message there are none. */
const queryReader = (input: DescMessage | undefined, inPath: ReadonlySet<string>) => {
  const fields = (input?.fields ?? []).filter(({ jsonName }) => !inPath.has(jsonName))
  const known = new Map(fields.map((field) => [field.jsonName, field]))
  return (query: Readonly<Record<string, unknown>>, faults: Faults): Json => {
    const json: Record<string, unknown> = {}
    for (const [name, given] of Object.entries(query)) {
      const field = known.get(name)
      if (!field) faults.add(name, 'unknown_parameter')
      else if (typeof given !== 'string') faults.add(name, 'once')
      else json[name] = queryValue(field, given)
    }
    return json
  }
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

/** What is no number or flag stays the text it is, and the reader of the message refuses it. */
const queryValue = ({ scalar }: DescField, text: string): unknown => {
  if (scalar === ScalarType.BOOL) return FLAGS.get(text) ?? text
  return scalar === ScalarType.INT32 && /^-?\d{1,10}$/.test(text) ? Number(text) : text
}
