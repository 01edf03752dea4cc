import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage, readMoney } from '@saleswright/contracts'
import {
  type CreatePriceListRequest,
  PriceList_Kind,
  type PriceListSchema,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { companyScope, conflict, etagOf, newId, parseBusinessDate, readExternalRef } from '@saleswright/kernel'
import { type Call, wholeCompany } from '@saleswright/rpc'
import { type Repository, refuseKnownRef, type Tx } from '@saleswright/store'
import { checkSkus } from '../catalog/tell-catalog.ts'
import type { Desk } from '../desk.ts'
import { needed } from '../needed.ts'
import { type PriceKind, type PriceList, publishPriceList } from './price-list.ts'

export const KIND = {
  ex_factory: PriceList_Kind.EX_FACTORY,
  wholesale: PriceList_Kind.WHOLESALE,
  retail: PriceList_Kind.RETAIL,
} as const satisfies Record<PriceKind, PriceList_Kind>

const KINDS = new Map(Object.entries(KIND).map(([word, kind]) => [kind as PriceList_Kind, word as PriceKind]))

/** R155, R156: a list of a kind begins on a day on which no other of its kind begins. */
export const createPriceList = async (
  desk: Desk,
  tx: Tx,
  request: CreatePriceListRequest,
  call: Call,
): Promise<PriceList> => {
  const { companyId } = call.actor
  const company = wholeCompany(call)
  const { name, currencyCode: currency, reason } = request
  const kind = needed(KINDS.get(request.kind), 'kind')
  const validFrom = parseBusinessDate(request.validFrom)
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, desk.priceLists, companyId, externalRef)
  const [known] = await tx.findBy(desk.priceLists, company, { kind, currency, validFrom })
  if (known) throw conflict('price_list_overlaps', { validFrom, priceListId: known.id })
  await checkSkus(
    desk,
    companyId,
    request.entries.map(({ sku }) => sku),
    (index) => `entries[${index}].sku`,
  )
  const entries = request.entries.map(({ sku, unitPrice }) => ({
    sku,
    unitPrice: readMoney(needed(unitPrice, 'entries')),
  }))
  const facts = { id: newId(), companyId, name, kind, currency, validFrom, reason, entries }
  return tx.save(desk.priceLists, publishPriceList({ ...facts, ...(externalRef && { externalRef }) }))
}

/** The day on which the next of its kind begins. */
export const validUntil = async (
  priceLists: Repository<PriceList>,
  { companyId, kind, currency, validFrom }: PriceList,
): Promise<string | undefined> => {
  const next = { kind, currency, validFrom: { $gt: validFrom } }
  const [following] = await priceLists.findBy(companyScope(companyId), next, { sort: ['validFrom'], limit: 1 })
  return following?.validFrom
}

export const priceListView = (list: PriceList, until?: string): MessageInitShape<typeof PriceListSchema> => ({
  priceListId: list.id,
  name: list.name,
  kind: KIND[list.kind],
  currencyCode: list.currency,
  validFrom: list.validFrom,
  reason: list.reason,
  entries: list.entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: moneyMessage(unitPrice) })),
  etag: etagOf(list),
  ...(until !== undefined && { validUntil: until }),
  ...(list.externalRef && { externalRef: list.externalRef }),
})
