import {
  type CreatePaymentRequest,
  Payment_Method_Kind,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import {
  acceptBusinessDate,
  compareMoney,
  conflict,
  expectMigration,
  formatMoney,
  invalid,
  mayMigrate,
  newId,
  notFound,
  readExternalRef,
} from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { needed } from '../needed.ts'
import { openAmount, type Receivable } from '../receivable/receivable.ts'
import { confirmAndAllocate } from './confirm.ts'
import { moneyAbove } from './money-above.ts'
import { type Payment, recordPayment } from './payment.ts'

/** R224: a receipt says how the money came. */
const METHODS = new Map<Payment_Method_Kind, Payment['method']>([
  [Payment_Method_Kind.CASH, 'cash'],
  [Payment_Method_Kind.TRANSFER, 'transfer'],
])

export const createPayment = async (
  desk: Desk,
  tx: Tx,
  request: CreatePaymentRequest,
  call: Call,
): Promise<Payment> => {
  const { actor, at } = call
  const { companyId } = actor
  if (request.confirmed || request.recordedFor !== undefined) expectMigration(actor)
  const receivedOn = acceptBusinessDate(
    request.receivedOn,
    await todayIn(desk.directory, companyId, at),
    mayMigrate(actor),
  )
  const { externalRef } = readExternalRef(actor, request.externalRef)
  await refuseKnownRef(tx, desk.payments, companyId, externalRef)
  const { first, allocations } = await allocationsOf(desk, tx, request, call)
  const { slipFileId } = request
  await desk.files.claim(companyId, slipFileId === undefined ? [] : [{ field: 'slipFileId', fileId: slipFileId }])
  const { ownerId, unitId, orgPath, partnerId } = first
  const decision = recordPayment({
    companyId,
    ownerId,
    unitId,
    orgPath,
    id: newId(),
    paymentNo: await desk.store.numbers(companyId, 'PM', receivedOn),
    customerId: request.customerId,
    method: needed(METHODS.get(request.method), 'method'),
    amount: moneyAbove(request.amount, 'amount'),
    allocations,
    receivedOn,
    recordedBy: actor.id,
    recordedFor: request.recordedFor ?? actor.id,
    ...(partnerId !== undefined && { partnerId }),
    ...(slipFileId !== undefined && { slipFileId }),
    ...(externalRef && { externalRef }),
  })
  if (!request.confirmed) return tx.save(desk.payments, decision)
  return confirmAndAllocate({ desk, tx }, decision, { by: actor.id, on: receivedOn })
}

/** The receivables that it names are the customer's own and open; whose the first is, theirs is the payment. */
const allocationsOf = async (desk: Desk, tx: Tx, request: CreatePaymentRequest, call: Call) => {
  const found = new Map<string, Receivable>()
  const allocations = []
  for (const [index, { receivableId, amount: given }] of request.allocations.entries()) {
    const field = `allocations[${index}]`
    if (found.has(receivableId)) {
      const violation = {
        field: `${field}.receivableId`,
        rule: 'receivable_twice',
        message: 'names a receivable again',
      }
      throw invalid('receivable_twice', { receivableId }, [violation])
    }
    const receivable = await tx.get(desk.receivables, scopeOf(call), receivableId)
    if (receivable.customerId !== request.customerId) throw notFound('receivable', receivableId)
    const amount = moneyAbove(given, `${field}.amount`)
    const open = openAmount(receivable)
    if (compareMoney(amount, open) > 0) {
      const { orderNo } = receivable
      throw conflict('allocation_beyond_receivable', { orderNo, amount: formatMoney(amount), open: formatMoney(open) })
    }
    found.set(receivableId, receivable)
    const { orderId, orderNo } = receivable
    allocations.push({ id: newId(), receivableId, orderId, orderNo, amount })
  }
  const [first] = found.values()
  if (!first) throw notFound('receivable', '')
  return { first, allocations }
}
