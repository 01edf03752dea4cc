import type { MessageInitShape } from '@bufbuild/protobuf'
import { unitPriceMessage } from '@saleswright/contracts'
import type {
  ListPricesRequest,
  ListPricesResponseSchema,
  PriceSchema,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { type BusinessDate, forbidden, parseBusinessDate } from '@saleswright/kernel'
import { type Call, ownCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Offer } from '../catalog/offer.ts'
import { priceInForce } from '../catalog/offer.ts'
import { ownTerms } from '../customer/own-terms.ts'
import type { Desk } from '../desk.ts'
import { KIND, kindOf } from '../price-list/price-list-view.ts'
import { type PricePoint, pointsOn, pointUntil } from './product-prices.ts'

type Response = MessageInitShape<typeof ListPricesResponseSchema>

/** R161: the prices in force on a day. A partner is shown what an order of theirs would cost today, and nothing else. */
export const listPrices = async (desk: Desk, request: ListPricesRequest, call: Call): Promise<Response> => {
  const today = await desk.today(call.actor.companyId, call.at)
  const pointsFor =
    call.actor.kind === 'partner' ? await forPartner(desk, request, call, today) : forStaff(request, today)
  const page = await desk.productPrices.list(ownCompany(call), queryOf(request, { sku: request.sku }))
  const skus = page.items.map(({ sku }) => sku)
  const offers = await desk.catalog.offers(call.actor.companyId, skus)
  const prices = skus.flatMap((sku) => {
    const offer = offers.get(sku)
    return offer ? pointsFor(offer).map((point) => priceView(offer, point)) : []
  })
  return { prices, ...pageFacts(page) }
}

const forStaff = ({ kind, on }: ListPricesRequest, today: BusinessDate) => {
  const date = on === undefined ? today : parseBusinessDate(on)
  const only = kindOf(kind)
  return (offer: Offer): readonly PricePoint[] =>
    pointsOn(offer, date).filter((point) => only === undefined || point.kind === only)
}

/** Resolved as an order would be: the kind of the partner's class, in the currency of the company. */
const forPartner = async (desk: Desk, { kind, on }: ListPricesRequest, call: Call, today: BusinessDate) => {
  const terms = await ownTerms(desk, call)
  if (!terms) return (): readonly PricePoint[] => []
  const { kind: own, currency } = terms
  if ((on !== undefined && on !== today) || (kindOf(kind) ?? own) !== own) throw forbidden('price_not_shown')
  return (offer: Offer): readonly PricePoint[] => {
    const point = offer.product.active ? priceInForce(offer, { kind: own, currency, date: today }) : undefined
    return point ? [point] : []
  }
}

const priceView = (offer: Offer, point: PricePoint): MessageInitShape<typeof PriceSchema> => {
  const { product } = offer
  const validUntil = pointUntil(offer, point)
  return {
    sku: product.sku,
    productName: product.name,
    uom: product.uom,
    kind: KIND[point.kind],
    unitPrice: unitPriceMessage(point.unitPrice),
    validFrom: point.validFrom,
    priceListId: point.priceListId,
    ...(validUntil !== undefined && { validUntil }),
  }
}
