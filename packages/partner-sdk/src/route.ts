import { type DescMethod, getOption, type Message, toJson } from '@bufbuild/protobuf'
import { http } from '@saleswright/contracts/google/api/annotations_pb.ts'
import { Access_Idempotency, access } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'

export type HttpRequest = {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body?: string
}

/** A call as the HTTP request that its contract describes. */
export const httpRequestOf = (method: DescMethod, request: Message): HttpRequest => {
  const { pattern, body } = getOption(method, http)
  if (pattern.case === undefined || pattern.case === 'custom') throw new Error(`${method.name} has no route`)
  const fields = { ...(toJson(method.input, request) as Readonly<Record<string, unknown>>) }
  const path = pattern.value.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const { jsonName = name } = method.input.fields.find((field) => field.name === name) ?? {}
    const value = fields[jsonName]
    if (typeof value !== 'string' || value === '') throw new TypeError(`${method.name} needs ${jsonName}`)
    delete fields[jsonName]
    return encodeURIComponent(value)
  })
  const verb = pattern.case.toUpperCase()
  if (body === '*') return { method: verb, path, body: JSON.stringify(fields) }
  const query = new URLSearchParams(
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
  )
  return { method: verb, path: query.size > 0 ? `${path}?${query.toString()}` : path }
}

/** Whether the contract remembers what was done under a key. */
export const takesKey = (method: DescMethod): boolean =>
  getOption(method, access).idempotency !== Access_Idempotency.IDEMPOTENCY_UNSPECIFIED
