import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { moneyMessage } from '@saleswright/contracts'
import { ApprovalNeededSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { OrderCreatedSchema, OrderSubmittedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  compareDiscounted,
  type Decision,
  derivedId,
  formatMoney,
  formatQuantity,
  formatRate,
  formatUnitPrice,
  zero,
} from '@saleswright/kernel'
import type { PriceClass } from '../pricing/floors.ts'
import type { Order } from './order.ts'
import { soldLine } from './sold-line.ts'

type Facts = Omit<
  Order,
  | 'version'
  | 'status'
  | 'collected'
  | 'writtenOff'
  | 'fundsConfirmed'
  | 'underway'
  | 'priceApproval'
  | 'approval'
  | 'hold'
>

/** A price that needs an authority (R163): its class, what is asked about, and who asks. */
export type PriceNeed = { readonly class: PriceClass; readonly contentHash: string; readonly requesterId: string }

export const subjectOf = (orderId: string): string => `orders/${orderId}`

/** A draft, or submitted by a partner; with a price need, it asks for a decision. */
export const createOrder = (
  facts: Facts,
  need?: PriceNeed,
  status: 'draft' | 'submitted' = 'draft',
): Decision<Order> => {
  const next: Order = {
    ...facts,
    version: 0,
    status,
    collected: zero(facts.gross.currency),
    writtenOff: zero(facts.gross.currency),
    fundsConfirmed: false,
    underway: [],
    priceApproval: need ? 'pending' : 'not_needed',
    ...(need && {
      approval: { caseId: derivedId(subjectOf(facts.id), need.contentHash), contentHash: need.contentHash },
    }),
  }
  return { next, events: [created(next), ...further(next, need)] }
}

const further = (order: Order, need: PriceNeed | undefined) => {
  if (order.status !== 'submitted') return need ? [approvalNeeded(order, need)] : []
  return [create(OrderSubmittedSchema, { orderId: order.id, businessDate: order.businessDate })]
}

const created = (order: Order) =>
  create(OrderCreatedSchema, {
    orderId: order.id,
    orderNo: order.orderNo,
    channel: order.partnerId === undefined ? 'direct' : 'partner',
    customerId: order.customerId,
    ownerId: order.ownerId,
    unitId: order.unitId,
    orgPath: [...order.orgPath],
    recordedFor: order.recordedFor,
    businessDate: order.businessDate,
    paymentTerms: order.terms,
    priceApproval: order.priceApproval,
    lines: order.lines.map(soldLine),
    net: moneyMessage(order.net),
    tax: moneyMessage(order.tax),
    gross: moneyMessage(order.gross),
    migrated: order.migrated,
    aboveListWaived: order.migrated && isAboveList(order),
    ...(order.partnerId !== undefined && { partnerId: order.partnerId }),
    ...(order.opportunityId !== undefined && { opportunityId: order.opportunityId }),
  })

/** A migration may carry prices that nobody could agree today; its trail names them. */
const isAboveList = ({ lines }: Order): boolean =>
  lines.some(
    ({ unitPrice, discountRate, listUnitPrice }) => compareDiscounted(unitPrice, discountRate, listUnitPrice) > 0,
  )

const approvalNeeded = (order: Order, need: PriceNeed) =>
  create(ApprovalNeededSchema, {
    caseId: derivedId(subjectOf(order.id), need.contentHash),
    class: need.class,
    subject: subjectOf(order.id),
    companyId: order.companyId,
    unitId: order.unitId,
    requesterId: need.requesterId,
    interestedIds: [order.ownerId],
    recordedFor: order.recordedFor,
    amount: moneyMessage(order.net),
    contentHash: need.contentHash,
    snapshot: JSON.stringify(snapshotOf(order)),
    neededAt: timestampFromDate(order.createdAt),
    businessDate: order.businessDate,
  })

/** What the decider sees, in the words of the REST face. */
const snapshotOf = (order: Order) => ({
  orderId: order.id,
  orderNo: order.orderNo,
  customerId: order.customerId,
  businessDate: order.businessDate,
  currencyCode: order.net.currency,
  net: formatMoney(order.net),
  lines: order.lines.map(({ lineNo, sku, uom, quantity, listUnitPrice, unitPrice, discountRate, net }) => ({
    lineNo,
    sku,
    uom,
    quantity: formatQuantity(quantity),
    listUnitPrice: formatUnitPrice(listUnitPrice),
    unitPrice: formatUnitPrice(unitPrice),
    ...(discountRate && { discountRate: formatRate(discountRate) }),
    net: formatMoney(net),
  })),
})
