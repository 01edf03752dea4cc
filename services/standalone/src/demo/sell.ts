import { Opportunity_Stage } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { type Order, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { addDays, type BusinessDate } from '@saleswright/kernel'
import { notYet } from '@saleswright/rpc'
import { awaited } from './hand.ts'
import { ownedBy } from './meet.ts'
import type { Organisation } from './organise.ts'
import { eachOf, type Scene, yuan } from './scene.ts'
import { HISTORY, HISTORY_CHECK, type Rep } from './staff.ts'
import type { Fate, Item, Sale } from './trade.ts'

/** Enough to fill the turns of the disk, few enough that nobody who looks at the platform meanwhile waits for long. */
const PARALLEL = 12

type Known = { readonly organisation: Organisation; readonly customers: readonly string[] }

/** The orders of the past year with everything that followed. */
export const sellThroughTheYear = (scene: Scene, known: Known): Promise<void> =>
  eachOf(scene.plan.sales, PARALLEL, async (sale, index) => {
    await sell(scene, known, sale, `sale ${index}`)
    scene.done()
  })

export const linesOf = (items: readonly Item[]) =>
  items.map(({ sku, quantity, agreed }) => ({
    sku,
    quantity: String(quantity),
    ...(agreed !== undefined && { agreedUnitPrice: yuan(agreed) }),
  }))

/** Which steps an order has behind it. */
const COLLECTED: readonly Fate[] = ['RELEASED', 'SHIPPED', 'DELIVERED', 'COMPLETED']
const SHIPPED: readonly Fate[] = ['SHIPPED', 'DELIVERED', 'COMPLETED']
const DELIVERED: readonly Fate[] = ['DELIVERED', 'COMPLETED']

const sell = async (scene: Scene, known: Known, sale: Sale, name: string): Promise<void> => {
  const { clients, hands, plan } = scene
  const owner = plan.buyers[sale.buyer]?.owner
  if (!owner) throw new Error(`the plan has no customer ${sale.buyer}`)
  const { step } = hands(HISTORY.account)
  const placed = await place(scene, known, { ...sale, owner }, name)
  if (sale.underFloor) await approve(scene, placed, owner, name)
  const { orderId } = placed
  const { fate, on } = sale
  if (fate === 'CANCELLED') {
    const reason = '客户取消采购计划'
    await step([name, 'cancel'], (options) => clients.orders.cancelOrder({ orderId, reason }, options))
  }
  if (!COLLECTED.includes(fate)) return
  const paidOn = addDays(on, 1)
  await collect(scene, placed, paidOn, name)
  await step([name, 'release'], (options) => clients.orders.releaseOrder({ orderId }, options))
  if (SHIPPED.includes(fate)) await deliver(scene, { orderId, on: paidOn, fate }, name)
  if (fate !== 'COMPLETED') return
  const completing = { orderId, businessDate: addDays(paidOn, 2) }
  await step([name, 'complete'], (options) => clients.orders.completeOrder(completing, options))
}

const place = async (
  { clients, hands }: Scene,
  { organisation, customers }: Known,
  sale: Sale & { readonly owner: Rep },
  name: string,
): Promise<Order> => {
  const { step } = hands(HISTORY.account)
  const customerId = customers[sale.buyer] ?? ''
  const whose = ownedBy(organisation, sale.owner)
  const order = { customerId, lines: linesOf(sale.items), businessDate: sale.on, confirmed: true, ...whose }
  const placed = await step([name, 'order'], (options) => clients.orders.createOrder(order, options))
  const [first] = sale.items
  if (sale.wonAfterDays !== undefined && first && placed.net) {
    const begun = addDays(sale.on, -sale.wonAfterDays)
    const won = {
      customerId,
      title: `${first.sku} 采购项目`,
      sku: first.sku,
      stage: Opportunity_Stage.WON,
      engagedOn: begun,
      closedOn: sale.on,
      businessDate: begun,
      wonValue: placed.net,
      ...whose,
    }
    await step([name, 'won'], (options) => clients.opportunities.createOpportunity(won, options))
  }
  return placed
}

/** Until the manager of the rep finds the case; it opens when organization has heard of the order. */
export const caseIsOpen = async ({ clients, hands, signal }: Scene, order: Order, owner: Rep): Promise<void> => {
  const { orderId, approvalId = '' } = order
  const { reading } = hands(owner.manager)
  await awaited(`the approval of order ${orderId}`, signal, async () =>
    clients.approvals.getApproval({ approvalId }, await reading()).catch(notYet),
  )
}

/** The manager signs in and decides; the order goes on when it has heard of it. */
const approve = async (scene: Scene, order: Order, owner: Rep, name: string): Promise<void> => {
  const { clients, hands, signal } = scene
  const { orderId, approvalId = '' } = order
  await caseIsOpen(scene, order, owner)
  const manager = hands(owner.manager)
  const comment = '批量采购，同意'
  await manager.step([name, 'approve'], (options) => clients.approvals.approve({ approvalId, comment }, options))
  const { reading } = hands(HISTORY.account)
  await awaited(`the decision about order ${orderId}`, signal, async () => {
    const { status } = await clients.orders.getOrder({ orderId }, await reading())
    return status === Order_Status.DRAFT ? undefined : status
  })
}

/** Another sign-in vouches for the money than wrote the order down. */
const collect = async (
  { clients, hands }: Scene,
  { orderId, customerId }: Order,
  receivedOn: BusinessDate,
  name: string,
): Promise<void> => {
  const { step, reading } = hands(HISTORY_CHECK.account)
  const asked = await clients.paymentRequests.listPaymentRequests({ orderId }, await reading())
  const [request] = asked.paymentRequests
  if (!request?.amount) throw new Error(`order ${orderId} asks for no payment`)
  const { paymentRequestId, amount } = request
  const payment = {
    customerId,
    amount,
    receivedOn,
    method: Payment_Method_Kind.TRANSFER,
    allocations: [{ paymentRequestId, amount }],
    confirmed: true,
  }
  await step([name, 'payment'], (options) =>
    clients.payments.createPayment({ ...payment, recordedFor: request.ownerId }, options),
  )
}

type Delivery = { readonly orderId: string; readonly on: BusinessDate; readonly fate: Fate }

const deliver = async ({ clients, hands }: Scene, { orderId, on, fate }: Delivery, name: string): Promise<void> => {
  const { step } = hands(HISTORY.account)
  const { shipmentId } = await step([name, 'shipment'], (options) =>
    clients.shipments.createShipment({ orderId, businessDate: on }, options),
  )
  const load = { shipmentId, on, carrier: '公路货运' }
  await step([name, 'ship'], (options) => clients.shipments.ship(load, options))
  if (!DELIVERED.includes(fate)) return
  const arrival = { shipmentId, on: addDays(on, 2), receivedBy: '客户仓库' }
  await step([name, 'deliver'], (options) => clients.shipments.deliver(arrival, options))
}
