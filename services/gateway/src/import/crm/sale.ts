import { readMoney, unitPriceMessage } from '@saleswright/contracts'
import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  type Order,
  Order_PriceApproval_State,
  Order_Status,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { unitPriceOf } from '@saleswright/kernel'
import { notYet } from '@saleswright/rpc'
import { reading } from '../each-row.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { awaited, type Step } from '../step.ts'
import type { Deal } from './deal.ts'
import { ref } from './files.ts'

type Won = Deal & { readonly customerId: string; readonly opportunityId: string }

/** A won deal as an order at the agreed price: confirmed, approved where it is under a floor, paid, shipped, delivered, done. */
export const sell = async (run: Run, deal: Won, step: Step, directorId: string): Promise<string> => {
  const { orders, shipments } = run.calls
  const on = deal.closedOn ?? reject('close_date', '', 'import_end_missing')
  const placed = await place(run, deal, on, step)
  const { orderId } = placed
  // What follows comes of the order and of nothing in the row.
  if (run.record.dryRun) return orderId
  if (placed.priceApproval === Order_PriceApproval_State.PENDING) {
    await approve(run, placed, [deal.agent.managerId, directorId], step)
  }
  await collect(run, placed, { receivedOn: on, recordedFor: deal.agent.personId }, step)
  await step('release', (options) => orders.releaseOrder({ orderId }, options))
  const shipment = { orderId, businessDate: on, shippedOn: on, deliveredOn: on }
  await step('shipment', (options) => shipments.createShipment(shipment, options))
  await step('complete', (options) => orders.completeOrder({ orderId, businessDate: on }, options))
  return orderId
}

const place = (run: Run, deal: Won, businessDate: string, step: Step): Promise<Order> => {
  const value = deal.value ?? reject('close_value', '', 'import_cell_empty')
  return step('order', (options) =>
    run.calls.orders.createOrder(
      {
        customerId: deal.customerId,
        opportunityId: deal.opportunityId,
        lines: [{ sku: deal.sku, quantity: '1', agreedUnitPrice: unitPriceMessage(unitPriceOf(readMoney(value))) }],
        confirmed: true,
        ownerId: deal.agent.personId,
        recordedFor: deal.agent.personId,
        businessDate,
        externalRef: ref('order', deal.id),
      },
      options,
    ),
  )
}

/** The case opens when organization has heard of it; whoever may decide it of the agent's superiors is named as its decider. */
const approve = async (
  run: Run,
  { orderId, approvalId = '' }: Order,
  superiors: readonly string[],
  step: Step,
): Promise<void> => {
  const { approvals, orders } = run.calls
  const open = await awaited(`approval ${approvalId}`, run.signal, async () =>
    approvals.getApproval({ approvalId }, await reading(run)).catch(notYet),
  )
  const recordedFor = superiors.find((id) => open.approverIds.includes(id))
  if (recordedFor === undefined) return reject('close_value', '', 'import_price_without_approver')
  await step('approve', (options) => approvals.approve({ approvalId, recordedFor, comment: 'CRM' }, options))
  await awaited(`order ${orderId}`, run.signal, async () => {
    const order = await orders.getOrder({ orderId }, await reading(run))
    return order.status === Order_Status.DRAFT ? undefined : order
  })
}

type Receipt = { readonly receivedOn: string; readonly recordedFor: string }

const collect = async (run: Run, { orderId, customerId }: Order, receipt: Receipt, step: Step): Promise<void> => {
  const { paymentRequests, payments } = run.calls
  const asked = await paymentRequests.listPaymentRequests({ orderId }, await reading(run))
  const allocations = asked.paymentRequests.flatMap(({ paymentRequestId, amount }) =>
    amount ? [{ paymentRequestId, amount }] : [],
  )
  const [first] = allocations
  if (!first) return reject('close_value', '', 'payment_request_not_found', { id: orderId })
  await step('payment', (options) =>
    payments.createPayment(
      {
        customerId,
        amount: first.amount,
        method: Payment_Method_Kind.TRANSFER,
        allocations,
        ...receipt,
        confirmed: true,
      },
      options,
    ),
  )
}
