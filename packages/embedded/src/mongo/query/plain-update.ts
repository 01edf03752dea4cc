import { type Doc, isPlainObject } from '../bson/document.ts'

type Apply = (holder: Doc, name: string, value: unknown) => void

const set: Apply = (holder, name, value) => {
  holder[name] = value
}

const OPERATORS: Readonly<Record<string, Apply>> = {
  $set: set,
  $unset: (holder, name) => delete holder[name],
  $inc: (holder, name, value) => set(holder, name, Number(holder[name] ?? 0) + Number(value)),
}

/** A change of one field, by an operator that needs nothing but the field. */
type Step = {
  readonly apply: Apply
  readonly operator: string
  readonly path: readonly string[]
  readonly value: unknown
}

const stepsOf = (operators: Doc): Step[] | undefined => {
  const steps: Step[] = []
  for (const [operator, fields] of Object.entries(operators)) {
    const apply = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
    if (!apply) return undefined
    for (const [path, value] of Object.entries(fields as Doc))
      steps.push({ apply, operator, value, path: path.split('.') })
  }
  return steps
}

/** Whether only documents stand on the path, and at its end what the operator can change. */
const isPlain = (doc: Doc, { operator, path }: Step): boolean => {
  let here: unknown = doc
  for (const name of path) {
    if (!isPlainObject(here) || name === '' || name === '__proto__' || name.startsWith('$')) return false
    here = here[name]
    if (here === undefined) break
  }
  return operator !== '$inc' || here === undefined || typeof here === 'number'
}

const run = (doc: Doc, { apply, operator, path, value }: Step): void => {
  let here = doc
  for (const name of path.slice(0, -1)) {
    if (here[name] === undefined && operator === '$unset') return
    here[name] ??= {}
    here = here[name] as Doc
  }
  apply(here, path.at(-1) ?? '', value)
}

/**
 * Does what most updates are: fields of documents set, unset and counted up. False, with nothing changed, where it is more than that:
 * arrays, positions, other operators. mingo does those; it sets up all of its operators for each update.
 */
export const updatePlainly = (doc: Doc, operators: Doc): boolean => {
  const steps = stepsOf(operators)
  if (!steps?.every((step) => isPlain(doc, step))) return false
  for (const step of steps) run(doc, step)
  return true
}
