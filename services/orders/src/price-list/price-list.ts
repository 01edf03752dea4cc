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
  const seen = new Set<string>()
  for (const { sku, unitPrice } of entries) {
    if (seen.has(sku)) throw invalid('sku_twice', { sku })
    if (unitPrice.currency !== currency) {
      throw invalid('mixed_currencies', { left: currency, right: unitPrice.currency })
    }
    if (unitPrice.minor < 0n) throw invalid('price_below_zero', { sku })
    seen.add(sku)
  }
  const event = create(PriceListPublishedSchema, {
    priceListId: id,
    kind,
    currencyCode: currency,
    validFrom,
    reason,
    prices: entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: moneyMessage(unitPrice) })),
  })
  return { next: { ...facts, version: 0 }, events: [event] }
}
