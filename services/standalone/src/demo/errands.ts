import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  type Order,
  Order_PriceApproval_State,
  Order_Shortage_Choice,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { eachOf, type Scene } from './scene.ts'
import { caseIsOpen, linesOf } from './sell.ts'
import { FINANCE, FINANCE_CHECK, WAREHOUSE } from './staff.ts'
import type { Errand, Task } from './trade.ts'

/** Which steps come before what is left to do. */
const STEPS = {
  DRAFT: [],
  PRICE_TO_DECIDE: [],
  HIGHER_PRICE_TO_DECIDE: [],
  TO_PRODUCE: [],
  TO_ACKNOWLEDGE: [],
  TO_PAY: ['acknowledge'],
  TO_CONFIRM_PAYMENT: ['acknowledge', 'pay'],
  TO_SHIP: ['acknowledge', 'pay', 'confirm', 'release'],
} as const satisfies Record<Errand, readonly string[]>

/** Orders of today, each by whoever it belongs to: the rep takes it, the warehouse looks, finance records, and another one confirms. */
export const leaveErrands = (scene: Scene, customers: readonly string[]): Promise<void> =>
  eachOf(scene.plan.tasks, 6, async (task, index) => {
    await leave(scene, task, { customerId: customers[task.buyer] ?? '', name: `errand ${index}` })
    scene.done()
  })

type Named = { readonly customerId: string; readonly name: string }

const onShortageOf = (errand: Errand): Order_Shortage_Choice =>
  errand === 'TO_PRODUCE' ? Order_Shortage_Choice.BACKORDER : Order_Shortage_Choice.REFUSE

const leave = async (scene: Scene, { buyer, items, errand }: Task, { customerId, name }: Named): Promise<void> => {
  const { clients, hands, plan } = scene
  const owner = plan.buyers[buyer]?.owner
  if (!owner) throw new Error(`the plan has no customer ${buyer}`)
  const rep = hands(owner.account)
  const asked = { customerId, lines: linesOf(items), confirmed: errand !== 'DRAFT', onShortage: onShortageOf(errand) }
  const order = await rep.step([name, 'order'], (options) => clients.orders.createOrder(asked, options))
  const { orderId } = order
  if (order.priceApproval === Order_PriceApproval_State.PENDING) await caseIsOpen(scene, order, owner)
  let paymentId = ''
  for (const step of STEPS[errand]) {
    if (step === 'pay') paymentId = await pay(scene, order, name)
    else if (step === 'acknowledge') {
      await hands(WAREHOUSE.account).step([name, step], (options) =>
        clients.orders.acknowledgeStock({ orderId }, options),
      )
    } else if (step === 'confirm') {
      await hands(FINANCE_CHECK.account).step([name, step], (options) =>
        clients.payments.confirmPayment({ paymentId }, options),
      )
    } else {
      await hands(FINANCE_CHECK.account).step([name, step], (options) =>
        clients.orders.releaseOrder({ orderId }, options),
      )
    }
  }
}

const pay = async ({ clients, hands, plan }: Scene, { orderId, customerId }: Order, name: string): Promise<string> => {
  const { step, reading } = hands(FINANCE.account)
  const { paymentRequests } = await clients.paymentRequests.listPaymentRequests({ orderId }, await reading())
  const [request] = paymentRequests
  if (!request?.amount) throw new Error(`order ${orderId} asks for no payment`)
  const { paymentRequestId, amount } = request
  const payment = {
    customerId,
    amount,
    receivedOn: plan.today,
    method: Payment_Method_Kind.TRANSFER,
    allocations: [{ paymentRequestId, amount }],
  }
  const { paymentId } = await step([name, 'payment'], (options) => clients.payments.createPayment(payment, options))
  return paymentId
}
