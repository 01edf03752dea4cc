import { knowsCode } from '@saleswright/contracts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Answer, Json } from '../http.ts'
import type { Operation } from './operations.ts'

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
  return ({ answers }, { status, headers, text }) => {
    if (status >= 500) return [`is ${status}`]
    const told = answers.get(String(status))
    if (!told) return [`is ${status}, which is not listed`]
    if (told.size === 0) return text === '' ? [] : [`${status} has a body`]
    const type = String(headers.get('content-type') ?? '').split(';')[0] ?? ''
    if (told.has('*/*')) return []
    const pointer = told.get(type)
    if (pointer === undefined) return [`${status} is ${type}`]
    const json: Json = JSON.parse(text)
    return [...faultsAt(pointer, json), ...(type === 'application/problem+json' ? faultsOfProblem(json) : [])]
  }
}

/** Who is refused is told which field, and what to do about it in a sentence. */
const faultsOfProblem = ({ status, code, detail, violations = [] }: Json): readonly string[] => [
  ...(knowsCode(code) ? [] : [`${code} has no sentence`]),
  ...(String(detail).trim() === '' || /\{\w+\}/.test(detail) ? [`${code} says: ${detail}`] : []),
  ...violations.flatMap(({ rule, message }: Json) =>
    String(message).trim() === '' || /\{\w+\}/.test(message) ? [`${code} says of ${rule}: ${message}`] : [],
  ),
  ...(status === 400 && violations.length === 0 ? [`${code} names no field`] : []),
]
