import { type Doc, isOperatorObject, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { conditionOf } from '../match/conditions.ts'
import { compileFilter } from '../match/filter.ts'
import type { Hit } from '../match/paths.ts'
import { createPipeline } from './mingo.ts'

/** Which fields of a document to show, and what their expressions may name. */
export type Shape = { readonly projection: Doc; readonly filter: Doc; readonly variables: Doc | undefined }

/** What is left of an array, of which the filter met an element. */
type Cut = (items: readonly unknown[], met: Hit) => readonly unknown[]

/** What becomes of a field that is there: it is shown or not, its array is cut, or it is looked into. */
type Tree = Map<string, Tree | Cut | boolean>

type Entry = readonly [path: string, value: unknown]

const isFlag = (value: unknown): value is number | boolean => typeof value === 'number' || typeof value === 'boolean'

/** Every path that a projection names; documents in it are short for dotted paths. */
const flatten = (projection: Doc, prefix = ''): Entry[] =>
  Object.entries(projection).flatMap(([name, value]): Entry[] =>
    isPlainObject(value) && !isOperatorObject(value) && Object.keys(value).length > 0
      ? flatten(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value]],
  )

const isPositional = (path: string): boolean => path.endsWith('.$')
const isSlice = (value: unknown): value is Doc => isOperatorObject(value) && '$slice' in value
const isElementMatch = (value: unknown): value is Doc => isOperatorObject(value) && '$elemMatch' in value

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value)

const sliceOf = (operand: unknown): Cut => {
  const [skip, limit]: readonly unknown[] = Array.isArray(operand) ? operand : [undefined, operand]
  if (!isWhole(limit) || (skip !== undefined && (!isWhole(skip) || limit <= 0)))
    throw serverError(2, '$slice needs a number, or how many to skip and a positive limit')
  if (!isWhole(skip)) return (items) => (limit < 0 ? items.slice(limit) : items.slice(0, limit))
  return (items) => {
    const from = skip < 0 ? Math.max(0, items.length + skip) : skip
    return items.slice(from, from + limit)
  }
}

const plant = (tree: Tree, path: string, leaf: Cut | boolean): void => {
  const names = path.split('.')
  let here = tree
  for (const name of names.slice(0, -1)) {
    const below = here.get(name) ?? new Map<string, Tree | Cut | boolean>()
    if (!(below instanceof Map)) throw serverError(31249, `Path collision at ${path}`)
    here.set(name, below)
    here = below
  }
  const last = names.at(-1) ?? ''
  if (here.has(last)) throw serverError(31249, `Path collision at ${path}`)
  here.set(last, leaf)
}

/** By what is said of fields other than the `_id`; a `$slice` says nothing of it. */
const isInclusive = (entries: readonly Entry[]): boolean => {
  const others = entries.filter(([path, value]) => path !== '_id' && !isSlice(value))
  const shown = others.filter(([, value]) => !isFlag(value) || Boolean(value))
  if (shown.length > 0 && shown.length < others.length)
    throw serverError(31254, 'Cannot do exclusion and inclusion in one projection')
  return others.length > 0
    ? shown.length > 0
    : entries.some(([path, value]) => path === '_id' && value !== 0 && value !== false)
}

const onlyMet: Cut = (items, { index }) => {
  if (index === undefined || index >= items.length)
    throw serverError(51246, "positional operator '.$' couldn't find a matching element in the array")
  return [items[index]]
}

const treeOf = (entries: readonly Entry[]): Tree => {
  const tree: Tree = new Map()
  for (const [path, value] of entries) {
    if (isPositional(path)) plant(tree, path.slice(0, -2), onlyMet)
    else if (isFlag(value)) plant(tree, path, Boolean(value))
    else if (isSlice(value)) plant(tree, path, sliceOf(value.$slice))
  }
  return tree
}

const NOTHING = Symbol('nothing')

type View = { readonly isInclusion: boolean; readonly met: Hit }

const inArray = (items: readonly unknown[], tree: Tree, view: View): unknown[] =>
  items.flatMap((item) => {
    if (Array.isArray(item)) return [inArray(item, tree, view)]
    if (isPlainObject(item)) return [pruned(item, tree, view)]
    return view.isInclusion ? [] : [item]
  })

const shown = (value: unknown, node: Tree | Cut | boolean, view: View): unknown => {
  if (typeof node === 'boolean') return node ? value : NOTHING
  if (typeof node === 'function') return Array.isArray(value) ? node(value, view.met) : value
  if (Array.isArray(value)) return inArray(value, node, view)
  if (isPlainObject(value)) return pruned(value, node, view)
  return view.isInclusion ? NOTHING : value
}

/** A document with what is shown of it, in its own order. */
const pruned = (doc: Doc, tree: Tree, view: View): Doc =>
  Object.fromEntries(
    Object.entries(doc)
      .map(([name, value]) => [name, shown(value, tree.get(name) ?? !view.isInclusion, view)] as const)
      .filter(([, value]) => value !== NOTHING),
  )

const merge = (into: Doc, from: Doc): void => {
  for (const [name, value] of Object.entries(from)) {
    const there = Object.hasOwn(into, name) ? into[name] : undefined
    if (isPlainObject(there) && isPlainObject(value)) merge(there, value)
    else into[name] = value
  }
}

/** The first element that meets the criteria, alone in its array; nothing where there is none. */
const elementOf = ([field, { $elemMatch: criteria }]: readonly [string, Doc], variables: Doc | undefined) => {
  if (field.includes('.')) throw serverError(31275, 'Cannot use $elemMatch projection on a nested field')
  const test = conditionOf({ $elemMatch: criteria }, (inner) => compileFilter(inner, variables)).on
  return (doc: Doc): Doc => {
    const [items, met]: [unknown, Hit] = [doc[field], {}]
    return Array.isArray(items) && test(items, met) ? { [field]: [items[met.index ?? 0]] } : {}
  }
}

/** What `find` shows of its documents: fields in their order, then elements that were looked for, and what is computed. */
export const compileProjection = ({ projection, filter, variables }: Shape): ((doc: Doc) => Doc) => {
  const entries = flatten(projection)
  const isInclusion = isInclusive(entries)
  const tree = treeOf(entries)
  if (isInclusion && !tree.has('_id')) tree.set('_id', true)
  const elements = entries.filter((entry): entry is [string, Doc] => isElementMatch(entry[1]))
  const found = elements.map((entry) => elementOf(entry, variables))
  const computed = entries.filter(([path, value]) => !isPositional(path) && !isFlag(value) && !isSlice(value))
  const expressions = Object.fromEntries(computed.filter(([, value]) => !isElementMatch(value)))
  const compute = createPipeline([{ $project: { _id: 0, ...expressions } }], { variables })
  const isComputed = Object.keys(expressions).length > 0
  const test = entries.some(([path]) => isPositional(path)) ? compileFilter(filter, variables) : undefined
  return (doc) => {
    const met: Hit = {}
    test?.(doc, met)
    const result = pruned(doc, tree, { isInclusion, met })
    for (const find of found) Object.assign(result, find(doc))
    if (isComputed) merge(result, compute([doc])[0] ?? {})
    return result
  }
}
