import { knowsCode } from '@saleswright/contracts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Answer, Json } from '../http.ts'
import type { Schema } from './draw.ts'
import { type Operation, resolverOf } from './operations.ts'

type Judge = (operation: Operation, answer: Answer) => readonly string[]

/** What an answer has that the document does not say; empty where it is as the document has it. */
export const judgeBy = (document: Json): Judge => {
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }))
  ajv.addSchema(document, 'saleswright')
  const validators = new Map<string, ReturnType<typeof ajv.compile>>()
  const faultsAt = (pointer: string, value: unknown): readonly string[] => {
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: `saleswright#${pointer}` })
    validators.set(pointer, validate)
    return validate(value) ? [] : [ajv.errorsText(validate.errors)]
  }
  const hasField = fieldFinder(document)
  return (operation, { status, headers, text }) => {
    const { answers } = operation
    if (status >= 500) return [`is ${status}`]
    const told = answers.get(String(status))
    if (!told) return [`is ${status}, which is not listed`]
    if (told.size === 0) return text === '' ? [] : [`${status} has a body`]
    const type = String(headers.get('content-type') ?? '').split(';')[0] ?? ''
    if (told.has('*/*')) return []
    const pointer = told.get(type)
    if (pointer === undefined) return [`${status} is ${type}`]
    const json: Json = JSON.parse(text)
    if (type !== 'application/problem+json') return faultsAt(pointer, json)
    return [
      ...faultsAt(pointer, json),
      ...faultsOfProblem(json),
      ...fieldsNowhere(json, (at) => hasField(operation, at)),
    ]
  }
}

/** Finds `lines[0].sku` among the parameters of an operation and in its body. */
const fieldFinder = (document: Json) => {
  const resolve = resolverOf(document)
  const within = (schema: Schema, [step, ...rest]: readonly string[]): boolean => {
    if (step === undefined) return true
    if (schema.$ref) return within(resolve(schema.$ref), [step, ...rest])
    if (schema.anyOf) return schema.anyOf.some((one) => within(one, [step, ...rest]))
    const inner = /^\d+$/.test(step) ? schema.items : schema.properties?.[step]
    return inner !== undefined && within(inner, rest)
  }
  return ({ parameters, body }: Operation, field: string): boolean =>
    parameters.some(({ name }) => name === field) ||
    (body !== undefined && within(body.schema, field.split(/[.[\]]+/).filter(Boolean)))
}

const fieldsNowhere = ({ code, violations = [] }: Json, isThere: (field: string) => boolean): readonly string[] =>
  violations.flatMap(({ field }: Json) => (isThere(field) ? [] : [`${code} names ${field}, which nobody can send`]))

/** Who is refused is told which field, and what to do about it in a sentence. */
const faultsOfProblem = ({ status, code, detail, violations = [] }: Json): readonly string[] => [
  ...(knowsCode(code) ? [] : [`${code} has no sentence`]),
  ...(String(detail).trim() === '' || /\{\w+\}/.test(detail) ? [`${code} says: ${detail}`] : []),
  ...violations.flatMap(({ rule, message }: Json) =>
    String(message).trim() === '' || /\{\w+\}/.test(message) ? [`${code} says of ${rule}: ${message}`] : [],
  ),
  ...(status === 400 && violations.length === 0 ? [`${code} names no field`] : []),
]
