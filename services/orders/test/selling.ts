import type { MessageInitShape } from '@bufbuild/protobuf'
import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import type {
  CreateOrderRequest,
  CreateOrderRequestSchema,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { yuan } from './goods.ts'
import { everything, ROOT, type Someone, type Stage, TODAY } from './stage.ts'

type Wanted = Partial<MessageInitShape<typeof CreateOrderRequestSchema>> & {
  readonly sku: string
  readonly quantity?: string
}

type People = { readonly rep: Someone; readonly finance: Someone; readonly cashier: Someone }

/** What is owed for an order, and the money for it. */
const paying = (stage: Stage, { rep, finance, cashier }: People) => {
  const { payments, receivables } = stage

  const billsOf = async (orderId: string) => (await receivables.listReceivables({ orderId }, finance.as())).receivables

  /** What money for an order is for: a bill that is open, or the payment request. */
  const openOf = async (orderId: string) => {
    const bill = (await billsOf(orderId)).find(({ open }) => Number(open!.amount) > 0)
    if (bill) return { customerId: bill.customerId, target: { receivableId: bill.receivableId } }
    const [request] = (await stage.paymentRequests.listPaymentRequests({ orderId }, finance.as())).paymentRequests
    return { customerId: request!.customerId, target: { paymentRequestId: request!.paymentRequestId } }
  }

  const record = async (orderId: string, amount: string, who: Someone = rep, more: object = {}) => {
    const { customerId, target } = await openOf(orderId)
    return payments.createPayment(
      {
        customerId,
        amount: yuan(amount),
        method: Payment_Method_Kind.TRANSFER,
        allocations: [{ ...target, amount: yuan(amount) }],
        receivedOn: TODAY,
        ...more,
      },
      who.as(),
    )
  }
  /** Recorded by the rep and confirmed by finance. */
  const pay = async (orderId: string, amount: string, more: object = {}) => {
    const { paymentId } = await record(orderId, amount, rep, more)
    return payments.confirmPayment({ paymentId }, finance.as())
  }
  /** Given back by a third person. */
  const giveBack = (paymentId: string, request: object) =>
    payments.refundPayment({ paymentId, reason: '退款', ...request }, cashier.as())
  return { billsOf, openOf, record, pay, giveBack }
}

/** The people of a sales house, and what they do with an order one after the other. */
export const selling = async (stage: Stage) => {
  const { orders, shipments } = stage
  // Who may read a customer is told the figures of its credit.
  const rep = await stage.someone([...everything('company'), 'customers.read@company'])
  const finance = await stage.someone(everything('company'), [ROOT])
  const cashier = await stage.someone(everything('company'), [ROOT])

  const order = ({ sku, quantity = '1', ...request }: Wanted, who: Someone = rep, key?: string) =>
    orders.createOrder({ customerId: '', lines: [{ sku, quantity }], ...request } as CreateOrderRequest, who.as(key))

  /** Confirmed, and what is available accepted by the customer: what is prepaid asks for its money then (R213). */
  const accepted = async (wanted: Wanted, who: Someone = rep) => {
    const { orderId } = await order({ ...wanted, confirmed: true }, who)
    return orders.acknowledgeStock({ orderId }, who.as())
  }

  const money = paying(stage, { rep, finance, cashier })
  const shipAll = async (orderId: string) => {
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    return shipments.ship({ shipmentId, carrier: '顺丰', waybillNo: '1', photoIds: [stage.gateway.upload()] }, rep.as())
  }
  return { rep, finance, cashier, order, accepted, ...money, shipAll }
}
