import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { PriceListPublishedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  type Decision,
  type ExternalRef,
  invalid,
  type Money,
  type Params,
} from '@saleswright/kernel'

/** R155: ex-factory, wholesale and retail prices. */
export type PriceKind = 'ex_factory' | 'wholesale' | 'retail'

/** Holds from its day on until the next list of its kind and currency begins; it is never changed. */
export type PriceList = Aggregate & {
  readonly name: string
  readonly kind: PriceKind
  readonly currency: string
  readonly validFrom: BusinessDate
  /** R156: a price does not change without a reason. */
  readonly reason: string
  readonly entries: readonly { readonly sku: string; readonly unitPrice: Money }[]
  readonly externalRef?: ExternalRef
}

export const publishPriceList = (facts: Omit<PriceList, 'version'>): Decision<PriceList> => {
  const { id, kind, currency, validFrom, reason, entries } = facts
  if (reason.trim() === '') {
    throw invalid('invalid_request', {}, [{ field: 'reason', rule: 'required', message: 'is required' }])
  }
  const seen = new Set<string>()
  for (const [index, { sku, unitPrice }] of entries.entries()) {
    const wrong = (field: string, rule: string, params: Params, message: string) =>
      invalid(rule, params, [{ field: `entries[${index}].${field}`, rule, message }])
    const mixed = { left: currency, right: unitPrice.currency }
    if (seen.has(sku)) throw wrong('sku', 'sku_twice', { sku }, 'is named before')
    if (unitPrice.currency !== currency) {
      throw wrong('unitPrice', 'mixed_currencies', mixed, `must be in ${currency}`)
    }
    if (unitPrice.minor < 0n) throw wrong('unitPrice', 'price_below_zero', { sku }, 'must not be below zero')
    seen.add(sku)
  }
  const event = create(PriceListPublishedSchema, {
    priceListId: id,
    kind,
    currencyCode: currency,
    validFrom,
    reason,
    name: facts.name,
    prices: entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: moneyMessage(unitPrice) })),
  })
  return { next: { ...facts, version: 0 }, events: [event] }
}
