import type { CreateOrderRequest } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import {
  type Actor,
  acceptBusinessDate,
  companyScope,
  conflict,
  expectMigration,
  forbidden,
  invalid,
  mayMigrate,
  notFound,
  type OwnedPlace,
  reaches,
  scopeFor,
  withheld,
} from '@saleswright/kernel'
import { type Call, mayTell } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'

/** What only some may ask for, refused before anything is read. */
export const checkAsking = (request: CreateOrderRequest, actor: Actor): void => {
  const { partnerId, grants, kind } = actor
  // R166: partners take the company's prices, and order for nobody but themselves.
  const agreed = request.lines.some(
    ({ agreedUnitPrice, discountRate }) => agreedUnitPrice || discountRate !== undefined,
  )
  if (agreed && (kind === 'partner' || !grants.has('orders.price'))) throw forbidden('price_not_yours')
  if (kind === 'partner' && (partnerId === undefined || request.customerId !== partnerId)) {
    throw notFound('customer', request.customerId)
  }
  if (kind === 'partner' && request.ownerId !== undefined) throw forbidden('not_for_partners')
  if (kind === 'partner' && request.confirmed === false) {
    const violation = { field: 'confirmed', rule: 'drafts_not_possible', message: 'must be true or absent' }
    throw invalid('drafts_not_possible', {}, [violation])
  }
  if (request.recordedFor !== undefined) expectMigration(actor)
}

/** A partner's own number has one order for ever; the answer names it to whoever may see that. */
export const refuseKnownOrder = async (
  { orders }: Desk,
  tx: Tx,
  { customerId, externalOrderNo }: Pick<CreateOrderRequest, 'customerId' | 'externalOrderNo'>,
  call: Call,
): Promise<void> => {
  if (externalOrderNo === undefined) return
  const known = await tx.findHolder(orders, companyScope(call.actor.companyId), { customerId, externalOrderNo })
  if (!known) return
  const refusal = conflict('external_order_exists', { externalOrderNo, orderId: known.id, orderNo: known.orderNo })
  const isTheirs = [call.permission, 'orders.read'].some((permission) => mayTell(call, permission, known))
  throw isTheirs ? refusal : withheld(refusal, 'externalOrderNo')
}

/** The day whose prices count. Partners order today: they do not choose among the prices of the last days. */
export const dateOfOrder = ({ businessDate }: CreateOrderRequest, actor: Actor, today: string): string => {
  const date = acceptBusinessDate(businessDate, today, mayMigrate(actor))
  if (actor.kind !== 'partner' || date === today) return date
  const violation = { field: 'businessDate', rule: 'business_date_too_early', message: 'must be today' }
  throw invalid('business_date_too_early', { date, today }, [violation])
}

/** Staff enter orders for themselves and for those they answer for; a migration for everybody. */
export const checkOwner = (place: OwnedPlace, actor: Actor): void => {
  if (place.ownerId === actor.id || actor.kind === 'partner' || mayMigrate(actor)) return
  const scope = scopeFor(actor, 'orders.write')
  if (!scope || !reaches(scope, { ...place, companyId: actor.companyId })) throw forbidden('not_your_unit')
}
