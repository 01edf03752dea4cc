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

/** The people of a sales house, and what they do with an order one after the other. */
export const selling = async (stage: Stage) => {
  const { orders, payments, receivables, shipments } = stage
  const rep = await stage.someone(everything('company'))
  const finance = await stage.someone(everything('company'), [ROOT])

  const order = ({ sku, quantity = '1', ...request }: Wanted, who: Someone = rep, key?: string) =>
    orders.createOrder({ customerId: '', lines: [{ sku, quantity }], ...request } as CreateOrderRequest, who.as(key))

  /** Confirmed, and what is available accepted by the customer: what is prepaid has its bill then (R213). */
  const accepted = async (wanted: Wanted, who: Someone = rep) => {
    const { orderId } = await order({ ...wanted, confirmed: true }, who)
    return orders.acknowledgeStock({ orderId }, who.as())
  }

  const billsOf = async (orderId: string) => (await receivables.listReceivables({ orderId }, finance.as())).receivables

  const record = async (orderId: string, amount: string, who: Someone = rep, slipFileId?: string) => {
    const open = (await billsOf(orderId)).find((bill) => Number(bill.open!.amount) > 0)!
    return payments.createPayment(
      {
        customerId: open.customerId,
        amount: yuan(amount),
        method: Payment_Method_Kind.TRANSFER,
        allocations: [{ receivableId: open.receivableId, amount: yuan(amount) }],
        receivedOn: TODAY,
        ...(slipFileId !== undefined && { slipFileId }),
      },
      who.as(),
    )
  }
  /** Recorded by the rep and confirmed by finance. */
  const pay = async (orderId: string, amount: string) => {
    const { paymentId } = await record(orderId, amount)
    return payments.confirmPayment({ paymentId }, finance.as())
  }
  const shipAll = async (orderId: string) => {
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    return shipments.ship({ shipmentId, carrier: '顺丰', waybillNo: '1', photoIds: [stage.gateway.upload()] }, rep.as())
  }
  return { rep, finance, order, accepted, billsOf, record, pay, shipAll }
}
