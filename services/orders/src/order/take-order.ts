import type { CreateOrderRequest } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import {
  type Actor,
  AppError,
  acceptBusinessDate,
  companyScope,
  forbidden,
  invalid,
  notFound,
} from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'

/** What only some may ask for, refused before anything is read. */
export const checkAsking = (request: CreateOrderRequest, actor: Actor): void => {
  const { partnerId, grants, kind } = actor
  // R166: partners take the company's prices, and order for nobody but themselves.
  const agreed = request.lines.some(({ agreedUnitPrice }) => agreedUnitPrice)
  if (agreed && (kind === 'partner' || !grants.has('orders.price'))) throw forbidden('price_not_yours')
  if (kind === 'partner' && (partnerId === undefined || request.customerId !== partnerId)) {
    throw notFound('customer', request.customerId)
  }
  if (kind === 'partner' && request.ownerId !== undefined) throw forbidden('not_for_partners')
  if (request.recordedFor !== undefined && !grants.has('migration')) {
    throw forbidden('migration_needed', { permission: 'migration' })
  }
}

/** A partner's own number has one order for ever; the answer names it. */
export const refuseKnownOrder = async (
  { orders }: Desk,
  tx: Tx,
  {
    companyId,
    customerId,
    externalOrderNo,
  }: { companyId: string; customerId: string; externalOrderNo?: string | undefined },
): Promise<void> => {
  if (externalOrderNo === undefined) return
  const [known] = await tx.findBy(orders, companyScope(companyId), { customerId, externalOrderNo })
  if (known) {
    throw new AppError('conflict', 'external_order_exists', {
      externalOrderNo,
      orderId: known.id,
      orderNo: known.orderNo,
    })
  }
}

/** The day whose prices count. Partners order today: they do not choose among the prices of the last days. */
export const dateOfOrder = ({ businessDate }: CreateOrderRequest, { kind, grants }: Actor, today: string): string => {
  const date = acceptBusinessDate(businessDate, today, grants.has('migration'))
  if (kind === 'partner' && date !== today) throw invalid('business_date_too_early', { date, today })
  return date
}

type Place = { readonly unitId: string; readonly orgPath: readonly string[] }

/** Staff enter orders for themselves and for those they answer for; a migration for everybody. */
export const checkOwner = (ownerId: string, place: Place, actor: Actor): void => {
  if (ownerId === actor.id || actor.kind === 'partner' || actor.grants.has('migration')) return
  const reach = actor.grants.get('orders.write')
  const inReach =
    reach === 'company' ||
    (reach === 'subtree' && place.orgPath.includes(actor.unitId ?? '')) ||
    (reach === 'team' && place.unitId === actor.unitId)
  if (!inReach) throw forbidden('not_your_unit')
}
