import type { MessageInitShape } from '@bufbuild/protobuf'
import { readUnitPrice, unitPriceMessage } from '@saleswright/contracts'
import type {
  CreatePriceFloorRequest,
  PriceFloorSchema,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { companyScope, conflict, etagOf, newId, parseBusinessDate, readExternalRef } from '@saleswright/kernel'
import { type Call, wholeCompany } from '@saleswright/rpc'
import { type Repository, refuseKnownRef, type Tx } from '@saleswright/store'
import { checkSkus } from '../catalog/change-catalog.ts'
import type { Desk } from '../desk.ts'
import { needed } from '../needed.ts'
import { KIND, kindOf, REASON, reasonOf } from '../price-list/price-list-view.ts'
import { type PriceFloor, setPriceFloor } from './price-floor.ts'

export const createPriceFloor = async (
  desk: Desk,
  tx: Tx,
  request: CreatePriceFloorRequest,
  call: Call,
): Promise<PriceFloor> => {
  const { companyId } = call.actor
  const company = wholeCompany(call)
  const { sku, reason } = request
  const kind = needed(kindOf(request.kind), 'kind')
  const reasonCode = needed(reasonOf(request.reasonCode), 'reasonCode')
  const validFrom = parseBusinessDate(request.validFrom)
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, desk.priceFloors, companyId, externalRef)
  const repFloor = readUnitPrice(needed(request.repFloor, 'repFloor'))
  const managerFloor = readUnitPrice(needed(request.managerFloor, 'managerFloor'))
  const same = { sku, kind, currency: repFloor.currency, validFrom }
  const [known] = await tx.findBy(desk.priceFloors, company, same)
  if (known) throw conflict('price_floor_exists', { sku, validFrom, priceFloorId: known.id })
  await checkSkus(desk, companyId, [sku])
  const floors = { kind, repFloor, managerFloor, validFrom, reasonCode, ...(reason !== undefined && { reason }) }
  const facts = { id: newId(), companyId, sku, ...floors, changedAt: tx.at }
  return tx.save(desk.priceFloors, setPriceFloor({ ...facts, ...(externalRef && { externalRef }) }))
}

/** The day on which the product's next floor begins. */
export const floorUntil = async (
  priceFloors: Repository<PriceFloor>,
  { companyId, sku, kind, repFloor, validFrom }: PriceFloor,
): Promise<string | undefined> => {
  const next = { sku, kind, currency: repFloor.currency, validFrom: { $gt: validFrom } }
  const [following] = await priceFloors.findBy(companyScope(companyId), next, { sort: ['validFrom'], limit: 1 })
  return following?.validFrom
}

export const priceFloorView = (floor: PriceFloor, until?: string): MessageInitShape<typeof PriceFloorSchema> => ({
  priceFloorId: floor.id,
  sku: floor.sku,
  kind: KIND[floor.kind],
  reasonCode: REASON[floor.reasonCode],
  repFloor: unitPriceMessage(floor.repFloor),
  managerFloor: unitPriceMessage(floor.managerFloor),
  validFrom: floor.validFrom,
  etag: etagOf(floor),
  ...(until !== undefined && { validUntil: until }),
  ...(floor.reason !== undefined && { reason: floor.reason }),
  ...(floor.externalRef && { externalRef: floor.externalRef }),
})
