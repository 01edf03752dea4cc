import { create, type Message, toBinary } from '@bufbuild/protobuf'
import { eventDesc } from '@saleswright/contracts'
import {
  ReceivableCollectedSchema,
  ReceivableOpenedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { FOLDS } from '../src/models/by-type.ts'
import type { Logged } from '../src/reading/log.ts'
import { keyOf, rowIdOf } from '../src/rows/model.ts'
import { advance, type Row } from '../src/rows/row.ts'

export const COMPANY = newId()

/** An event of a record, before it has its place in a log. */
export type Fact = { readonly aggregateId: string; readonly event: Message }
export type Facts = readonly Fact[]

const yuan = (minor: number) => ({ currencyCode: 'CNY', amount: (minor / 100).toFixed(2) })

export const aReceivable = (): string => newId()

export const opened = (receivableId: string, minor: number, billedOn: string): Fact => ({
  aggregateId: receivableId,
  event: create(ReceivableOpenedSchema, { receivableId, amount: yuan(minor), billedOn, dueOn: billedOn }),
})

export const collected = (receivableId: string, minor: number, on: string): Fact => ({
  aggregateId: receivableId,
  event: create(ReceivableCollectedSchema, { receivableId, collected: yuan(minor), on }),
})

/** Facts as their services would log them: versions count the events of each record. */
export const logged = (facts: Facts): readonly Logged[] => {
  const versions = new Map<string, number>()
  return facts.map(({ aggregateId, event }, index) => {
    const aggregateVersion = (versions.get(aggregateId) ?? 0) + 1
    versions.set(aggregateId, aggregateVersion)
    return {
      eventId: newId(),
      type: event.$typeName,
      companyId: COMPANY,
      aggregateId,
      aggregateVersion,
      recordedAt: new Date(1_700_000_000_000 + index * 1_000),
      correlationId: newId(),
      position: BigInt(index + 1),
      data: toBinary(eventDesc(event.$typeName), event),
    }
  })
}

/** Applies events to rows kept in memory, as the reaction does to those in the store. */
export const apply = (rows: Map<string, Row>, { type, data, ...told }: Logged): void => {
  const found = FOLDS.get(type)
  if (!found) return
  const { model, fold } = found
  const rowId = rowIdOf(model, { type, ...told })
  const key = keyOf(model, rowId)
  const event = fold.read(data)
  rows.set(key, advance(fold, rows.get(key), event, { type, ...told, rowId }))
}

export const rowAfter = (facts: Facts): Row | undefined => {
  const rows = new Map<string, Row>()
  for (const event of logged(facts)) apply(rows, event)
  return [...rows.values()][0]
}
