import type { MessageInitShape } from '@bufbuild/protobuf'
import {
  Availability_Band,
  type AvailabilitySchema,
  type ListAvailabilityRequest,
  type ListAvailabilityResponseSchema,
} from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import { forbidden, formatQuantity } from '@saleswright/kernel'
import { type Call, ownCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { PARTNER_FEW_LEFT } from '../policy/policies.ts'
import type { Product } from '../product/product.ts'
import { type Band, bandOf, shownStock } from './shown-stock.ts'
import { available, emptyStock, type StockItem } from './stock-item.ts'
import { stockItemId } from './stock-item-store.ts'

type Response = MessageInitShape<typeof ListAvailabilityResponseSchema>

/** R213: what can be ordered. Staff see quantities, partners what the policy of the company shows them. */
export const listAvailability = async (desk: Desk, request: ListAvailabilityRequest, call: Call): Promise<Response> => {
  const { companyId, kind } = call.actor
  const today = await desk.today(companyId, call.at)
  const shown = kind === 'partner' ? await shownStock(desk, call.actor, today) : 'exact'
  if (shown === 'hidden') throw forbidden('availability_hidden')
  const few = await desk.policies.value(companyId, PARTNER_FEW_LEFT, today)
  const page = await desk.products.list(ownCompany(call), queryOf(request, { sku: request.sku, active: true }))
  const ids = page.items.map(({ sku }) => stockItemId(companyId, sku))
  const items = await desk.stock.findBy(ownCompany(call), { _id: { $in: ids } })
  const bySku = new Map(items.map((item) => [item.sku, item]))
  const availability = page.items.map((product) => {
    const item = bySku.get(product.sku) ?? emptyStock('', companyId, product.sku)
    return availabilityView(product, item, { few, exact: shown === 'exact' })
  })
  return { availability, ...pageFacts(page) }
}

const BANDS = {
  out: Availability_Band.OUT_OF_STOCK,
  few: Availability_Band.FEW,
  there: Availability_Band.IN_STOCK,
} as const satisfies Record<Band, Availability_Band>

type Showing = { readonly few: number; readonly exact: boolean }

const availabilityView = (
  { sku, name, uom, stocked }: Product,
  item: StockItem,
  { few, exact }: Showing,
): MessageInitShape<typeof AvailabilitySchema> => {
  const facts = { sku, productName: name, uom }
  if (!stocked) return { ...facts, band: Availability_Band.MADE_TO_ORDER }
  const free = available(item)
  return { ...facts, band: BANDS[bandOf(free, few)], ...(exact && { available: formatQuantity(free) }) }
}
