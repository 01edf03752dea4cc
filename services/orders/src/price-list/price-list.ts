import { create } from '@bufbuild/protobuf'
import { unitPriceMessage } from '@saleswright/contracts'
import {
  PriceCorrectedSchema,
  PriceListPublishedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  compareUnitPrices,
  conflict,
  type Decision,
  type ExternalRef,
  invalid,
  notFound,
  type Params,
  type UnitPrice,
} from '@saleswright/kernel'

/** R155: ex-factory, wholesale and retail prices. */
export type PriceKind = 'ex_factory' | 'wholesale' | 'retail'

/** R156: why a price changes. */
export type PriceReason = 'introduction' | 'competition' | 'cost' | 'life_cycle' | 'other'

type PriceEntry = { readonly sku: string; readonly unitPrice: UnitPrice; readonly validFrom: BusinessDate }

export type Correction = {
  readonly sku: string
  readonly validFrom: BusinessDate
  readonly before: UnitPrice
  readonly after: UnitPrice
  readonly reason: string
  readonly by: string
  readonly at: Date
}

/** Many prices that were entered at once. Each entry holds from its day until the next of its product, kind and currency begins. */
export type PriceList = Aggregate & {
  readonly name: string
  readonly kind: PriceKind
  readonly currency: string
  readonly validFrom: BusinessDate
  readonly publishedOn: BusinessDate
  readonly reasonCode: PriceReason
  readonly reason: string
  readonly entries: readonly PriceEntry[]
  readonly corrections: readonly Correction[]
  readonly externalRef?: ExternalRef
}

export const publishPriceList = (facts: Omit<PriceList, 'version' | 'corrections'>): Decision<PriceList> => {
  const { id, kind, currency, validFrom, reason, reasonCode, entries, name } = facts
  if (reason.trim() === '') {
    throw invalid('invalid_request', {}, [{ field: 'reason', rule: 'required', message: 'is required' }])
  }
  checkEntries(facts)
  const event = create(PriceListPublishedSchema, {
    priceListId: id,
    kind,
    currencyCode: currency,
    validFrom,
    reason,
    reasonCode,
    name,
    prices: entries.map((entry) => ({
      sku: entry.sku,
      unitPrice: unitPriceMessage(entry.unitPrice),
      ...(entry.validFrom !== validFrom && { validFrom: entry.validFrom }),
    })),
  })
  return { next: { ...facts, version: 0, corrections: [] }, events: [event] }
}

const checkEntries = ({ currency, entries }: Pick<PriceList, 'currency' | 'entries'>): void => {
  const seen = new Set<string>()
  for (const [index, { sku, unitPrice, validFrom }] of entries.entries()) {
    const wrong = (field: string, rule: string, params: Params, message: string) =>
      invalid(rule, params, [{ field: `entries[${index}].${field}`, rule, message }])
    const key = `${validFrom} ${sku}`
    if (seen.has(key)) throw wrong('sku', 'sku_twice', { sku }, 'must be unique on its day')
    if (unitPrice.currency !== currency) {
      const mixed = { left: currency, right: unitPrice.currency }
      throw wrong('unitPrice', 'mixed_currencies', mixed, `must be in ${currency}`)
    }
    seen.add(key)
  }
}

type Mending = {
  readonly sku: string
  readonly unitPrice: UnitPrice
  readonly reason: string
  readonly by: string
  readonly at: Date
  readonly today: BusinessDate
  readonly migrating: boolean
}

/**
 * Mends a wrong price: on the day of its publication, or while it is not in force yet. Later a new entry has to say since when the price
 * is another one, for orders were taken at the old one.
 */
export const correctPrice = (list: PriceList, mending: Mending): Decision<PriceList> => {
  const { sku, unitPrice: after, reason, by, at, today, migrating } = mending
  const entry = list.entries.findLast((one) => one.sku === sku)
  if (!entry) throw notFound('price', sku)
  if (after.currency !== list.currency) {
    const mixed = { left: list.currency, right: after.currency }
    const violation = { field: 'unitPrice', rule: 'mixed_currencies', message: `must be in ${list.currency}` }
    throw invalid('mixed_currencies', mixed, [violation])
  }
  if (entry.validFrom < today && list.publishedOn !== today && !migrating) {
    throw conflict('price_in_force', { sku, validFrom: entry.validFrom })
  }
  const { validFrom, unitPrice: before } = entry
  if (compareUnitPrices(before, after) === 0) return { next: list, events: [] }
  const entries = list.entries.map((one) => (one === entry ? { ...one, unitPrice: after } : one))
  const corrections = [...list.corrections, { sku, validFrom, before, after, reason, by, at }]
  const event = create(PriceCorrectedSchema, {
    priceListId: list.id,
    kind: list.kind,
    sku,
    validFrom,
    before: unitPriceMessage(before),
    after: unitPriceMessage(after),
    reason,
  })
  return { next: { ...list, entries, corrections }, events: [event] }
}
