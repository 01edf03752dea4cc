import { type Doc, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { compileFilter } from '../match/filter.ts'
import { type Hit, positionOf } from '../match/paths.ts'
import { checkArrayFilters, readArrayFilters } from './array-filters.ts'
import { OPERATORS } from './operators.ts'
import { type Choose, isEachElement, readTarget, removeTarget, targetsIn, writeTarget } from './targets.ts'

/** What an update's operators need beside the document. */
export type Update = {
  readonly operators: Doc
  readonly filter: Doc
  readonly variables: Doc | undefined
  readonly arrayFilters: readonly Doc[]
}

type Step = { readonly operator: string; readonly parts: readonly string[]; readonly operand: unknown }

/** Parts of references that may begin with a dollar. */
const REFERENCES = new Set(['$ref', '$id', '$db'])

const readParts = (path: string): string[] => {
  const parts = path.split('.')
  if (parts.includes(''))
    throw serverError(56, `The update path '${path}' contains an empty field name, which is not allowed.`)
  const [first = ''] = parts
  if (first === '$' || isEachElement(first))
    throw serverError(2, `'${first}' cannot be the first part of the path '${path}'`)
  const bad = parts.find(
    (part) => part.startsWith('$') && part !== '$' && !isEachElement(part) && !REFERENCES.has(part),
  )
  if (bad === undefined) return parts
  throw serverError(52, `The dollar ($) prefixed field '${bad}' in '${path}' is not valid for storage.`)
}

const compareParts = (a: string, b: string): number => {
  const [x, y] = [positionOf(a), positionOf(b)]
  if (x >= 0 && y >= 0) return x - y
  return a === b ? 0 : a < b ? -1 : 1
}

/** New fields come in the order of their names, whatever the order of the update. */
const byPath = ({ parts: a }: Step, { parts: b }: Step): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareParts(a[at] ?? '', b[at] ?? '')
    if (order !== 0) return order
  }
  return a.length - b.length
}

const stepsOf = (operators: Doc): Step[] =>
  Object.entries(operators)
    .flatMap(([operator, fields]) =>
      Object.entries(fields as Doc).map(
        ([path, operand]): Step =>
          operator === '$rename'
            ? { operator, parts: readParts(String(operand)), operand: path }
            : { operator, parts: readParts(path), operand },
      ),
    )
    .sort(byPath)

/** The element that the filter met, for `$`. */
const positionIn = (doc: Doc, { filter, variables }: Update): string => {
  const hit: Hit = {}
  compileFilter(filter, variables)(doc, hit)
  if (hit.index !== undefined) return String(hit.index)
  throw serverError(2, 'The positional operator did not find the match needed from the query.')
}

const NO_ELEMENTS: Choose = () => () => false

const goesThroughArray = (doc: Doc, parts: readonly string[]): boolean => {
  let here: unknown = doc
  for (const part of parts) {
    if (Array.isArray(here)) return true
    here = isPlainObject(here) ? here[part] : undefined
  }
  return false
}

/** Both ends must be fields of documents: a position could not be given up, nor made. */
const rename = (doc: Doc, from: string, { parts }: Step): void => {
  const source = readParts(from)
  if ([...source, ...parts].some((part) => part === '$' || isEachElement(part)))
    throw serverError(
      2,
      `The source and target fields of $rename may not be dynamic: '${from}' to '${parts.join('.')}'`,
    )
  const array = [source, parts].find((path) => goesThroughArray(doc, path))
  if (array) throw serverError(2, `The field of a $rename cannot be an array element: '${array.join('.')}'`)
  const [place] = targetsIn(doc, { parts: source, reach: 'forgives', choose: NO_ELEMENTS })
  const value = place && readTarget(place)
  if (!place || value === undefined) return
  const [target] = targetsIn(doc, { parts, reach: 'creates', choose: NO_ELEMENTS })
  if (!target) return
  removeTarget(place)
  writeTarget(target, value)
}

const run = (doc: Doc, step: Step, choose: Choose): void => {
  const operator = OPERATORS.get(step.operator)
  if (!operator) {
    rename(doc, String(step.operand), step)
    return
  }
  for (const target of targetsIn(doc, { parts: step.parts, reach: operator.reach, choose }))
    operator.apply(target, step.operand)
}

/** Refuses what would be refused whatever the document. */
export const checkPaths = ({ operators, arrayFilters }: Update): void =>
  checkArrayFilters(
    arrayFilters,
    stepsOf(operators).map(({ parts }) => parts.join('.')),
  )

/** Changes documents as the operators say; when one of them is refused, the document is not to be used. */
export const compileUpdate = (update: Update): ((doc: Doc) => void) => {
  const steps = stepsOf(update.operators)
  const choose = readArrayFilters(update.arrayFilters)
  const isPositional = steps.some(({ parts }) => parts.includes('$'))
  return (doc) => {
    const position = isPositional ? positionIn(doc, update) : ''
    for (const step of steps)
      run(
        doc,
        isPositional ? { ...step, parts: step.parts.map((part) => (part === '$' ? position : part)) } : step,
        choose,
      )
  }
}
