import { isPlainObject } from '../bson/document.ts'

/** Where in the outermost array that a filter looked through its last match stood: what `lines.$` means. */
export type Hit = { index?: number }

export type Test = (value: unknown, hit?: Hit) => boolean

/** What is asked of what stands at the end of a path. */
export type Leaf = {
  readonly holds: Test
  /** Whether an array at the end is asked as a whole only, or each of its elements, too. */
  readonly arrays: 'whole' | 'each'
}

/** A path's parts, and which of them may be positions in an array. */
export type Path = { readonly names: readonly string[]; readonly positions: readonly number[] }

const POSITION = /^(?:0|[1-9]\d*)$/

/** -1 for a part that is no position. */
export const positionOf = (name: string): number => (POSITION.test(name) ? Number(name) : -1)

export const readPath = (dotted: string): Path => {
  const names = dotted.split('.')
  return { names, positions: names.map(positionOf) }
}

const inElements = (items: readonly unknown[], holds: Test, hit: Hit | undefined): boolean => {
  const index = items.findIndex((item) => holds(item, hit))
  if (index >= 0 && hit) hit.index = index
  return index >= 0
}

type Below = { readonly path: Path; readonly leaf: Leaf; readonly hit: Hit | undefined }

/** An element whose position the path names: what it leads to, without going through the element if the path ends there. */
const atPosition = (item: unknown, from: number, below: Below): boolean => {
  const { path, leaf, hit } = below
  if (from === path.names.length) return leaf.holds(item, hit)
  if (Array.isArray(item)) return throughArray(item, from, below)
  return isPlainObject(item) && meets(item, from, below)
}

/** Documents in an array are looked into; what else is in it leads nowhere, which is not the same as missing. */
const throughArray = (items: readonly unknown[], from: number, below: Below): boolean => {
  const position = below.path.positions[from]
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    if (isPlainObject(item) && meets(item, from, below)) {
      if (below.hit) below.hit.index = index
      return true
    }
    if (index === position && atPosition(item, from + 1, below)) return true
  }
  return false
}

const meets = (value: unknown, from: number, below: Below): boolean => {
  const { names } = below.path
  let here = value
  for (let at = from; at < names.length; at++) {
    if (Array.isArray(here)) return throughArray(here, at, below)
    const name = names[at] ?? ''
    here = isPlainObject(here) && Object.hasOwn(here, name) ? here[name] : undefined
  }
  const { leaf, hit } = below
  if (leaf.arrays === 'each' && Array.isArray(here) && inElements(here, leaf.holds, hit)) return true
  return leaf.holds(here, hit)
}

/** Whether the leaf holds for anything that the path reaches in a document; `undefined` is asked where a field is missing. */
export const atPath =
  (path: Path, leaf: Leaf): Test =>
  (doc, hit) =>
    meets(doc, 0, { path, leaf, hit })
