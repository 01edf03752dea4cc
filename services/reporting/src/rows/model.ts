import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Fold, Row, Told } from './row.ts'

type Own<R> = Exclude<keyof R, keyof Row>

/** A kind of rows: where they lie, and which events make them. */
export type Model<R extends Row = Row> = {
  readonly mapping: PlainMapping<Row>
  /** One row for each source record, under its id, or one for each event, under the event's. */
  readonly by: 'aggregate' | 'event'
  readonly folds: readonly Fold[]
  /** Only in types: what its rows hold. */
  readonly row?: R
}

type Form<R extends Row> = Pick<Model, 'by' | 'folds'> & {
  readonly collection: string
  /** Every field that the rows have of their own. */
  readonly fields: Readonly<Record<Own<R>, true>>
  /** Within a company. */
  readonly indexes?: readonly string[]
  /** Whether the rows bear an owner and lie in the scopes of people. */
  readonly owned?: boolean
}

const schemaOf = (fields: readonly string[], indexes: readonly string[]): Schema => {
  const schema = new Schema(Object.fromEntries(fields.map((field) => [field, Schema.Types.Mixed])), {
    strict: 'throw',
    versionKey: false,
  })
  for (const field of indexes) schema.index({ companyId: 1, [field]: 1 })
  return schema
}

export const model = <R extends Row>({ collection, fields, by, folds, ...more }: Form<R>): Model<R> => {
  const { indexes = [], owned = false } = more
  const schema = schemaOf([...Object.keys(fields), 'upTo'], indexes)
  const reaches = owned ? (['self', 'team', 'subtree'] as const) : []
  return { by, folds, mapping: { name: 'row', version: 1, collection, schema, reaches, ...plain<Row>() } }
}

export const rowIdOf = ({ by }: Pick<Model, 'by'>, { aggregateId, eventId }: Told): string =>
  by === 'aggregate' ? aggregateId : eventId

/** A row among all rows. */
export const keyOf = ({ mapping }: Pick<Model, 'mapping'>, rowId: string): string => `${mapping.collection}/${rowId}`
