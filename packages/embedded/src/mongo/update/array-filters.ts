import { type Doc, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { compileFilter } from '../match/filter.ts'
import type { Choose } from './targets.ts'

const NAME = /^[a-z][a-zA-Z0-9]*$/

/** The names of elements that a filter speaks of. */
const namesIn = (filter: Doc): string[] =>
  Object.entries(filter).flatMap(([path, condition]) =>
    path.startsWith('$') && Array.isArray(condition)
      ? condition.filter(isPlainObject).flatMap(namesIn)
      : [path.split('.', 1)[0] ?? ''],
  )

const nameOf = (filter: Doc): string => {
  const [name, ...others] = new Set(namesIn(filter))
  if (name === undefined || others.length > 0)
    throw serverError(9, 'Error parsing array filter :: expected a single top-level field name')
  if (!NAME.test(name))
    throw serverError(
      2,
      `Error parsing array filter :: '${name}' must begin with a lowercase letter and have letters and digits only`,
    )
  return name
}

/** Every filter has to be used by one of the paths. */
export const checkArrayFilters = (filters: readonly Doc[], paths: readonly string[]): void => {
  const names = filters.map(nameOf)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    throw serverError(9, `Found multiple array filters with the same top-level field name ${twice}`)
  const idle = names.find((name) => !paths.some((path) => path.includes(`$[${name}]`)))
  if (idle !== undefined) throw serverError(9, `The array filter for identifier '${idle}' was not used in the update`)
}

/** Which elements `$[]` and `$[name]` mean. */
export const readArrayFilters = (filters: readonly Doc[]): Choose => {
  const tests = new Map<string, (element: unknown) => boolean>()
  for (const filter of filters) {
    const name = nameOf(filter)
    const test = compileFilter(filter)
    tests.set(name, (element) => test({ [name]: element }))
  }
  return (part) => {
    const name = part.slice(2, -1)
    const test = name === '' ? () => true : tests.get(name)
    if (!test) throw serverError(2, `No array filter found for identifier '${name}'`)
    return test
  }
}
