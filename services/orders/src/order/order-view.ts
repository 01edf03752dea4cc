import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant, moneyMessage, unitPriceMessage } from '@saleswright/contracts'
import {
  Order_Channel_Kind,
  Order_Origin_Kind,
  Order_Payment_Terms,
  Order_PriceApproval_State,
  Order_Shortage_Choice,
  Order_Status,
  type OrderLineSchema,
  type OrderSchema,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { etagOf, formatQuantity, formatRate } from '@saleswright/kernel'
import { KIND } from '../price-list/price-list-view.ts'
import type { Shown } from '../stock-item/shown-stock.ts'
import type { Line, OnShortage, Order, PriceApproval, Status, Terms } from './order.ts'

export const STATUS = {
  draft: Order_Status.DRAFT,
  submitted: Order_Status.SUBMITTED,
  customer_confirmed: Order_Status.CUSTOMER_CONFIRMED,
  stock_acknowledged: Order_Status.STOCK_ACKNOWLEDGED,
  awaiting_funds: Order_Status.AWAITING_FUNDS,
  released: Order_Status.RELEASED,
  partially_shipped: Order_Status.PARTIALLY_SHIPPED,
  shipped: Order_Status.SHIPPED,
  delivered: Order_Status.DELIVERED,
  completed: Order_Status.COMPLETED,
  cancelled: Order_Status.CANCELLED,
  on_hold: Order_Status.ON_HOLD,
} as const satisfies Record<Status, Order_Status>

const TERMS = {
  prepay: Order_Payment_Terms.PREPAY,
  credit: Order_Payment_Terms.CREDIT,
} as const satisfies Record<Terms, Order_Payment_Terms>

export const PRICE_APPROVAL = {
  not_needed: Order_PriceApproval_State.NOT_NEEDED,
  pending: Order_PriceApproval_State.PENDING,
  approved: Order_PriceApproval_State.APPROVED,
  rejected: Order_PriceApproval_State.REJECTED,
} as const satisfies Record<PriceApproval, Order_PriceApproval_State>

export const ON_SHORTAGE = {
  refuse: Order_Shortage_Choice.REFUSE,
  backorder: Order_Shortage_Choice.BACKORDER,
  partial: Order_Shortage_Choice.PARTIAL,
} as const satisfies Record<OnShortage, Order_Shortage_Choice>

/** R161: list and agreed price stand side by side. What waits tells what was there, and is shown to whom stock is. */
export const orderView = (order: Order, shown: Shown): MessageInitShape<typeof OrderSchema> => ({
  orderId: order.id,
  orderNo: order.orderNo,
  status: STATUS[order.status],
  channel: order.partnerId === undefined ? Order_Channel_Kind.DIRECT : Order_Channel_Kind.PARTNER,
  customerId: order.customerId,
  ownerId: order.ownerId,
  unitId: order.unitId,
  recordedFor: order.recordedFor,
  businessDate: order.businessDate,
  paymentTerms: TERMS[order.terms],
  priceApproval: PRICE_APPROVAL[order.priceApproval],
  lines: order.lines.map((line) => lineView(line, shown)),
  net: moneyMessage(order.net),
  tax: moneyMessage(order.tax),
  gross: moneyMessage(order.gross),
  collected: moneyMessage(order.collected),
  writtenOff: moneyMessage(order.writtenOff),
  origin: order.migrated ? Order_Origin_Kind.MIGRATED : Order_Origin_Kind.ENTERED,
  etag: etagOf(order),
  createdAt: instant(order.createdAt),
  ...(order.hold && { hold: { reason: order.hold.reason, fromStatus: STATUS[order.hold.from] } }),
  ...(order.partnerId !== undefined && { partnerId: order.partnerId }),
  ...(order.externalOrderNo !== undefined && { externalOrderNo: order.externalOrderNo }),
  ...(order.approval && { approvalId: order.approval.caseId }),
  ...(order.opportunityId !== undefined && { opportunityId: order.opportunityId }),
  ...(order.externalRef && { externalRef: order.externalRef }),
  ...(order.onShortage && { onShortage: ON_SHORTAGE[order.onShortage] }),
  ...(order.paymentRequestId !== undefined && { paymentRequestId: order.paymentRequestId }),
})

const lineView = (line: Line, shown: Shown): MessageInitShape<typeof OrderLineSchema> => ({
  lineNo: line.lineNo,
  sku: line.sku,
  uom: line.uom,
  quantity: formatQuantity(line.quantity),
  priceKind: KIND[line.priceKind],
  listUnitPrice: unitPriceMessage(line.listUnitPrice),
  unitPrice: unitPriceMessage(line.unitPrice),
  ...(line.discountRate && { discountRate: formatRate(line.discountRate) }),
  taxRate: formatRate(line.taxRate),
  net: moneyMessage(line.net),
  tax: moneyMessage(line.tax),
  gross: moneyMessage(line.gross),
  shippedQuantity: formatQuantity(line.shipped),
  ...(line.waiting && { promisedOn: line.waiting.promisedOn }),
  ...(line.waiting && shown === 'exact' && { backOrderedQuantity: formatQuantity(line.waiting.quantity) }),
})
