import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage, readMoney } from '@saleswright/contracts'
import type {
  CreatePriceFloorRequest,
  PriceFloorSchema,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { companyScope, conflict, etagOf, newId, parseBusinessDate, readExternalRef } from '@saleswright/kernel'
import { type Call, wholeCompany } from '@saleswright/rpc'
import { type Repository, refuseKnownRef, type Tx } from '@saleswright/store'
import { checkSkus } from '../catalog/tell-catalog.ts'
import type { Desk } from '../desk.ts'
import { needed } from '../needed.ts'
import { type PriceFloor, setPriceFloor } from './price-floor.ts'

export const createPriceFloor = async (
  desk: Desk,
  tx: Tx,
  request: CreatePriceFloorRequest,
  call: Call,
): Promise<PriceFloor> => {
  const { companyId } = call.actor
  const company = wholeCompany(call)
  const { sku } = request
  const validFrom = parseBusinessDate(request.validFrom)
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, desk.priceFloors, companyId, externalRef)
  const repFloor = readMoney(needed(request.repFloor, 'repFloor'))
  const managerFloor = readMoney(needed(request.managerFloor, 'managerFloor'))
  const same = { sku, currency: repFloor.currency, validFrom }
  const [known] = await tx.findBy(desk.priceFloors, company, same)
  if (known) throw conflict('price_floor_exists', { sku, validFrom, priceFloorId: known.id })
  await checkSkus(desk, companyId, [sku])
  const facts = { id: newId(), companyId, sku, repFloor, managerFloor, validFrom }
  return tx.save(desk.priceFloors, setPriceFloor({ ...facts, ...(externalRef && { externalRef }) }))
}

/** The day on which the product's next floor begins. */
export const floorUntil = async (
  priceFloors: Repository<PriceFloor>,
  { companyId, sku, repFloor, validFrom }: PriceFloor,
): Promise<string | undefined> => {
  const next = { sku, currency: repFloor.currency, validFrom: { $gt: validFrom } }
  const [following] = await priceFloors.findBy(companyScope(companyId), next, { sort: ['validFrom'], limit: 1 })
  return following?.validFrom
}

export const priceFloorView = (floor: PriceFloor, until?: string): MessageInitShape<typeof PriceFloorSchema> => ({
  priceFloorId: floor.id,
  sku: floor.sku,
  repFloor: moneyMessage(floor.repFloor),
  managerFloor: moneyMessage(floor.managerFloor),
  validFrom: floor.validFrom,
  etag: etagOf(floor),
  ...(until !== undefined && { validUntil: until }),
  ...(floor.externalRef && { externalRef: floor.externalRef }),
})
