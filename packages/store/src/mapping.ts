import type { Aggregate, Reach } from '@saleswright/kernel'
import type { Schema } from 'mongoose'

/** What the store writes into every document beside the mapped fields; no mapping names these. */
export type Base = {
  readonly _id: string
  readonly version: number
  /** The mapping's `version` when the document was written. */
  readonly schema: number
  readonly companyId: string
  readonly ownerId?: string
  readonly unitId?: string
  readonly orgPath?: readonly string[]
  readonly partnerId?: string
  /** The audit chain's end: hash and id of the last event; absent where nothing was told. */
  readonly chain?: { readonly hash: string; readonly eventId: string }
}

/** What a mapping turns into document fields: the record without what the store keeps by itself. */
export type Fields<T> = T extends unknown ? Omit<T, keyof Aggregate> : never

/** Conditions in Mongo's language on document fields, made by our code alone; never an object out of a request. */
export type Filter = Readonly<Record<string, unknown>>

/** How a kind of record lies in the store. */
export type Mapping<T extends Aggregate, D extends object = object> = {
  /** In snake_case, as it stands in codes: 'order' → `order_not_found`. */
  readonly name: string
  readonly collection: string
  /** The mapped fields and the indexes. Fields that it does not name are refused on the way in. */
  readonly schema: Schema
  /** Rises when the form of the document changes; older ones are told apart by `document.schema`. */
  readonly version: number
  /** Money and quantities as whole numbers (`exact`), so that the store can add them up. Undefined fields are left out. */
  readonly document: (record: T) => D
  readonly record: (document: D & Base) => Fields<T>
  /** What lists may be ordered by: the name in `orderBy` → document fields, `-` before a falling one. Default: newest id first, or `listed`. */
  readonly orders?: Readonly<Record<string, string | readonly string[]>>
  /**
   * One of `orders`, `-` before it for falling, by which lists go when nobody asks for another, and by which the rows of each reach
   * are indexed. For records whose ids tell nothing of time.
   */
  readonly listed?: string
  /**
   * Name of a unique index → code of the conflict: `{ companyId_1_orderNo_1: 'order_no_taken' }`; `_id_` where ids come from outside, and
   * may be those of another company.
   */
  readonly uniques?: Readonly<Record<string, string>>
  /** Names of unique indexes over values that the service makes itself, such as numbers: a second one is a fault, and no refusal. */
  readonly generated?: readonly string[]
  /** Document fields whose values no audit entry may hold; their names still tell that they changed. */
  readonly sensitive?: readonly (keyof D & string)[]
  /** For which scopes rows are indexed, beside the company; read models and copies that nobody lists by person say `[]`. */
  readonly reaches?: readonly Exclude<Reach, 'company'>[]
}
