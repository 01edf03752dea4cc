import { type Doc, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { positionOf } from '../match/paths.ts'

type Holder = Doc | unknown[]

/** A place in a document: the names below what is there already, of which all but the last have to be made to write to it. */
export type Target = { readonly holder: Holder; readonly names: readonly string[]; readonly path: string }

/** What an operator does where its path leads nowhere: makes it, leaves it, or leaves even what could not be made. */
export type Reach = 'creates' | 'needs' | 'forgives'

/** Which elements `$[]` and `$[name]` mean. */
export type Choose = (part: string) => (element: unknown) => boolean

type Walk = { readonly parts: readonly string[]; readonly reach: Reach; readonly choose: Choose }

/** Further than this behind an array's end, nothing is set. */
const MOST_PADDING = 1_500_000

const isHolder = (value: unknown): value is Holder => Array.isArray(value) || isPlainObject(value)

export const isEachElement = (part: string): boolean => part.startsWith('$[') && part.endsWith(']')

const childOf = (holder: Holder, name: string): unknown => {
  if (Array.isArray(holder)) return holder[positionOf(name)]
  return Object.hasOwn(holder, name) ? holder[name] : undefined
}

const put = (holder: Holder, name: string, value: unknown): void => {
  if (!Array.isArray(holder)) {
    // Also for a name like __proto__ it is a field of this document.
    Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
    return
  }
  const position = positionOf(name)
  if (position > holder.length + MOST_PADDING)
    throw serverError(2, `can't backfill more than ${MOST_PADDING} elements to set position ${name}`)
  while (holder.length < position) holder.push(null)
  holder[position] = value
}

export const readTarget = ({ holder, names }: Target): unknown =>
  names.length > 1 ? undefined : childOf(holder, names[0] ?? '')

export const writeTarget = ({ holder, names }: Target, value: unknown): void => {
  const [first = '', ...rest] = names
  const made = rest.reduceRight<unknown>((inner, name) => {
    const outer: Doc = {}
    put(outer, name, inner)
    return outer
  }, value)
  put(holder, first, made)
}

/** An element is not taken out of its array: the others would change their places. */
export const removeTarget = (target: Target): void => {
  if (readTarget(target) === undefined) return
  const [name = ''] = target.names
  if (Array.isArray(target.holder)) target.holder[positionOf(name)] = null
  else delete target.holder[name]
}

const blocked = (parts: readonly string[], at: number): never => {
  const [name, above] = [parts[at] ?? '', parts.slice(0, at).join('.')]
  throw serverError(
    28,
    `Cannot create field '${name}' in the element at '${above}': it is no document that could have it`,
  )
}

const throughElements = (items: unknown, at: number, walk: Walk): Target[] => {
  const part = walk.parts[at] ?? ''
  const above = walk.parts.slice(0, at).join('.')
  if (items === undefined)
    throw serverError(2, `The path '${above}' must exist in the document in order to apply array updates.`)
  if (!Array.isArray(items)) throw serverError(2, `Cannot apply array updates to the non-array element at '${above}'`)
  const isChosen = walk.choose(part)
  return items.flatMap((item, index) => (isChosen(item) ? into(items, String(index), at, walk) : []))
}

const into = (holder: Holder, name: string, at: number, walk: Walk): Target[] => {
  const { parts, reach } = walk
  if (Array.isArray(holder) && positionOf(name) < 0) return reach === 'forgives' ? [] : blocked(parts, at)
  const rest = parts.slice(at + 1)
  const path = parts.slice(0, at).concat(name, rest).join('.')
  if (rest.length === 0) return [{ holder, names: [name], path }]
  const child = childOf(holder, name)
  if (isEachElement(rest[0] ?? '')) return throughElements(child, at + 1, walk)
  if (isHolder(child)) return into(child, rest[0] ?? '', at + 1, walk)
  if (child !== undefined) return reach === 'forgives' ? [] : blocked(parts, at + 1)
  return reach === 'creates' ? [{ holder, names: [name, ...rest], path }] : []
}

/** The places in a document that the parts of a path mean. */
export const targetsIn = (doc: Doc, walk: Walk): Target[] => into(doc, walk.parts[0] ?? '', 0, walk)
