import { create } from '@bufbuild/protobuf'
import { unitPriceMessage } from '@saleswright/contracts'
import { PriceFloorSetSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  compareUnitPrices,
  type Decision,
  type ExternalRef,
  formatUnitPrice,
  invalid,
  type UnitPrice,
} from '@saleswright/kernel'

/**
 * R163: how far a rep, and how far a manager, may agree a price below the list of a kind alone. Holds from its day until the next one of
 * the product and kind.
 */
export type PriceFloor = Aggregate & {
  readonly sku: string
  readonly kind: 'ex_factory' | 'wholesale' | 'retail'
  readonly repFloor: UnitPrice
  readonly managerFloor: UnitPrice
  readonly validFrom: BusinessDate
  readonly reasonCode: 'introduction' | 'competition' | 'cost' | 'life_cycle' | 'other'
  readonly reason?: string
  /** When the store last changed it: other replicas ask for what changed since. */
  readonly changedAt: Date
  readonly externalRef?: ExternalRef
}

export const setPriceFloor = (facts: Omit<PriceFloor, 'version'>): Decision<PriceFloor> => {
  const { id, sku, kind, repFloor, managerFloor, validFrom, reasonCode, reason } = facts
  if (compareUnitPrices(managerFloor, repFloor) > 0) {
    const both = { repFloor: formatUnitPrice(repFloor), managerFloor: formatUnitPrice(managerFloor) }
    const violation = { field: 'managerFloor', rule: 'floors_crossed', message: 'must not be above the rep floor' }
    throw invalid('floors_crossed', both, [violation])
  }
  const event = create(PriceFloorSetSchema, {
    priceFloorId: id,
    sku,
    kind,
    repFloor: unitPriceMessage(repFloor),
    managerFloor: unitPriceMessage(managerFloor),
    validFrom,
    reasonCode,
    ...(reason !== undefined && { reason }),
  })
  return { next: { ...facts, version: 0 }, events: [event] }
}
