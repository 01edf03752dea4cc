import { create } from '@bufbuild/protobuf'
import { moneyMessage, placeMessage } from '@saleswright/contracts'
import { ApprovalPartiesChangedSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import {
  OrderCollectionChangedSchema,
  OrderHandedOverSchema,
  OrderPriceDecidedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { add, type BusinessDate, type Decision, type Money } from '@saleswright/kernel'
import { isCovered, type Order } from './order.ts'

/** R163, R164: what the one with the authority has decided about this content. */
export const decidePrice = (
  order: Order,
  { approved, deciderId, date }: { readonly approved: boolean; readonly deciderId: string; readonly date: string },
): Decision<Order> => {
  const event = create(OrderPriceDecidedSchema, { orderId: order.id, businessDate: date, approved, deciderId })
  return { next: { ...order, priceApproval: approved ? 'approved' : 'rejected' }, events: [event] }
}

type Paid = Pick<Order, 'collected' | 'writtenOff'>

const paid = (order: Order, change: Partial<Paid>, date: BusinessDate): Decision<Order> => {
  const changed = { ...order, ...change }
  const next = { ...changed, fundsConfirmed: order.fundsConfirmed && isCovered(changed) }
  const event = create(OrderCollectionChangedSchema, {
    orderId: order.id,
    businessDate: date,
    collected: moneyMessage(next.collected),
    writtenOff: moneyMessage(next.writtenOff),
  })
  return { next, events: [event] }
}

/** Money that came, or below zero that went back. What is not covered any more is not confirmed any more. */
export const collect = (order: Order, change: bigint, date: BusinessDate): Decision<Order> =>
  paid(order, { collected: { ...order.collected, minor: order.collected.minor + change } }, date)

/** What will not come any more. */
export const giveUp = (order: Order, amount: Money, date: BusinessDate): Decision<Order> =>
  paid(order, { writtenOff: add(order.writtenOff, amount) }, date)

type Place = Pick<Order, 'ownerId' | 'unitId' | 'orgPath'>

/** Open orders follow their customer's new owner, and the organisation when it changes (decisions 3). */
export const handOver = (order: Order, place: Place, date: BusinessDate): Decision<Order> => {
  const { ownerId, unitId, orgPath } = place
  const next = { ...order, ownerId, unitId, orgPath }
  const event = create(OrderHandedOverSchema, { orderId: order.id, businessDate: date, ...placeMessage(next) })
  return { next, events: [event, ...partiesChanged(order, next)] }
}

/** Who owns the order now does not decide its price either (decisions 59). */
const partiesChanged = ({ ownerId }: Order, { approval, companyId, priceApproval, ...next }: Order) =>
  approval && priceApproval === 'pending' && next.ownerId !== ownerId
    ? [
        create(ApprovalPartiesChangedSchema, {
          caseId: approval.caseId,
          companyId,
          interestedIds: [next.ownerId],
        }),
      ]
    : []
