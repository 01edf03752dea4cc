import { type Doc, decode, decodeTyped, documentOf, encode, isPlainObject, type Stored } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { conditionOf } from './conditions.ts'
import { truthOf } from './expressions.ts'
import { readPath, type Test } from './paths.ts'
import { needsNumberTypes } from './types.ts'

/** What a filter's expressions may name. */
type Variables = Doc | undefined

/** Typed documents have numbers that know their BSON type. */
type Setting = { readonly variables: Variables; readonly isTyped: boolean }

const branches = (operator: string, operand: unknown, setting: Setting): Test[] => {
  if (!Array.isArray(operand) || operand.length === 0) throw serverError(2, `${operator} must be a nonempty array`)
  if (!operand.every(isPlainObject)) throw serverError(2, `${operator} argument's entries must be objects`)
  return operand.map((branch) => compile(branch, setting))
}

/** Expressions reckon with plain numbers. */
const expression = (operand: unknown, { variables, isTyped }: Setting): Test => {
  const holds = truthOf(operand, variables)
  return (doc) => holds(isTyped ? decode(encode(doc as Doc)) : (doc as Doc))
}

const clauseOf = (name: string, operand: unknown, setting: Setting): Test | undefined => {
  if (!name.startsWith('$')) return conditionOf(operand, (inner) => compile(inner, setting)).at(readPath(name))
  if (name === '$comment') return undefined
  if (name === '$expr') return expression(operand, setting)
  if (name !== '$and' && name !== '$or' && name !== '$nor')
    throw serverError(2, `unknown top level operator: ${name}, or one that is not supported here`)
  const tests = branches(name, operand, setting)
  if (name === '$and') return (doc, hit) => tests.every((test) => test(doc, hit))
  if (name === '$or') return (doc, hit) => tests.some((test) => test(doc, hit))
  return (doc) => !tests.some((test) => test(doc))
}

const compile = (filter: Doc, setting: Setting): Test => {
  const clauses = Object.entries(filter).map(([name, operand]) => clauseOf(name, operand, setting))
  const tests = clauses.filter((test) => test !== undefined)
  const [only, ...more] = tests
  return only && more.length === 0 ? only : (doc, hit) => tests.every((test) => test(doc, hit))
}

/** Whether documents meet a filter, as MongoDB means it. */
export const compileFilter = (filter: Doc, variables?: Variables): Test =>
  compile(filter, { variables, isTyped: false })

/** The same for documents as they are stored: where the filter asks for the types of numbers, it gets them. */
export const compileStored = (filter: Doc, variables?: Variables): ((stored: Stored) => boolean) => {
  const isTyped = needsNumberTypes(filter)
  const test = compile(filter, { variables, isTyped })
  return isTyped ? ({ bytes }) => test(decodeTyped(bytes)) : (stored) => test(documentOf(stored))
}
