import type { Document } from 'mongodb'

/** Documents by name, and the names of those that MongoDB finds for each filter. */
export type Group = {
  readonly title: string
  readonly indexes: readonly string[]
  readonly docs: Readonly<Record<string, Document>>
  readonly cases: readonly (readonly [filter: Document, found: string])[]
}
