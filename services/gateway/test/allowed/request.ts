import { newId } from '@saleswright/kernel'
import type { Json } from '../http.ts'
import type { Dice } from './dice.ts'
import { type Draw, percentOf } from './draw.ts'
import type { Known } from './known.ts'
import type { Operation, Parameter } from './operations.ts'

export type Request = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
}

export type Making = { readonly dice: Dice; readonly known: Known; readonly draw: Draw }

/** A request as an operation allows it, without its token. */
export const requestTo = (operation: Operation, making: Making): Request => {
  const { dice } = making
  const values = operation.parameters
    .filter(({ in: place, required, name }) => place === 'path' || required || dice.often(percentOf(name)))
    .map((parameter) => [parameter, parameterOf(parameter, making)] as const)
  const named = (place: Parameter['in']) => values.filter(([parameter]) => parameter.in === place)
  const inPath = new Map(named('path').map(([{ name }, value]) => [name, value]))
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath.get(name) ?? ''))
  const query = named('query').map(([{ name }, value]) => `${name}=${encodeURIComponent(value)}`)
  const headers = Object.fromEntries(named('header').map(([{ name }, value]) => [name.toLowerCase(), value]))
  return {
    method: operation.verb,
    url: query.length > 0 ? `${path}?${query.join('&')}` : path,
    ...withBody(operation, making, headers),
  }
}

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'Accept-Language': ['zh-CN', 'en', 'en-GB, en;q=0.8, *;q=0.1', 'fr'],
  'X-Request-Id': ['a-request', 'x'.repeat(128)],
  'If-Match': ['*', '"1"', '"2"', '3', 'W/"1"'],
  'If-None-Match': ['*', '"1"', '"1", "2"'],
}
/** Often enough to meet one that was used, with the same body or with another. */
const KEYS = Array.from({ length: 30 }, () => newId())

const parameterOf = ({ name, schema }: Parameter, { dice, draw, known }: Making): string => {
  if (name === 'Idempotency-Key') return dice.often(15) ? dice.oneOf(KEYS) : newId()
  const etags = name.startsWith('If-') ? known.of('etag').map((etag) => `"${etag}"`) : []
  const usual = [...(HEADERS[name] ?? []), ...etags]
  return usual.length > 0 ? dice.oneOf(usual) : pathSafe(String(draw(schema, name)))
}

/** What would leave its segment of the path is another path (RFC 3986, 5.2.4). */
const pathSafe = (value: string): string => (value === '.' || value === '..' || value === '' ? 'x' : value)

const withBody = ({ body }: Operation, { draw }: Making, headers: Request['headers']) => {
  if (!body) return { headers }
  const typed = { ...headers, 'content-type': body.type }
  const value = draw(body.schema, '') as Json
  if (body.type === 'application/json') return { headers: typed, payload: JSON.stringify(value) }
  if (body.type === 'multipart/form-data') return asForm(headers, String(value.file))
  return { headers: typed, payload: new URLSearchParams(value).toString() }
}

const asForm = (headers: Request['headers'], content: string) => {
  const boundary = 'a-boundary-of-a-form'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`
  return {
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: `${head}${content}\r\n--${boundary}--\r\n`,
  }
}
