import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { PriceFloorSetSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  compareMoney,
  type Decision,
  type ExternalRef,
  formatMoney,
  invalid,
  type Money,
  type Params,
} from '@saleswright/kernel'

/** R163: how far a rep, and how far a manager, may go down alone. Holds from its day until the next one of the product. */
export type PriceFloor = Aggregate & {
  readonly sku: string
  readonly repFloor: Money
  readonly managerFloor: Money
  readonly validFrom: BusinessDate
  readonly externalRef?: ExternalRef
}

export const setPriceFloor = (facts: Omit<PriceFloor, 'version'>): Decision<PriceFloor> => {
  const { id, sku, repFloor, managerFloor, validFrom } = facts
  const wrong = (rule: string, params: Params, message: string) =>
    invalid(rule, params, [{ field: 'managerFloor', rule, message }])
  if (managerFloor.minor < 0n) throw wrong('price_below_zero', { sku }, 'must not be below zero')
  if (compareMoney(managerFloor, repFloor) > 0) {
    const both = { repFloor: formatMoney(repFloor), managerFloor: formatMoney(managerFloor) }
    throw wrong('floors_crossed', both, 'must not lie above the rep floor')
  }
  const event = create(PriceFloorSetSchema, {
    priceFloorId: id,
    sku,
    repFloor: moneyMessage(repFloor),
    managerFloor: moneyMessage(managerFloor),
    validFrom,
  })
  return { next: { ...facts, version: 0 }, events: [event] }
}
