import {
  type CreatePaymentRequest,
  CreatePaymentRequestSchema,
  Payment_Method_Kind,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import { acceptBusinessDate, derivedId, expectMigration, mayMigrate, newId, readExternalRef } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { needed } from '../needed.ts'
import { expectRecordedFor } from '../person.ts'
import { confirmAndAllocate } from './confirm.ts'
import { moneyAbove } from './money-above.ts'
import { type Payment, recordPayment } from './payment.ts'
import { wantedOf } from './wanted.ts'

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
  const { slipFileId, recordedFor } = request
  if (request.confirmed || recordedFor !== undefined) expectMigration(actor)
  const receivedOn = acceptBusinessDate(
    request.receivedOn,
    await todayIn(desk.directory, companyId, at),
    mayMigrate(actor),
  )
  await expectRecordedFor(desk, companyId, request)
  const { externalRef } = readExternalRef(actor, request.externalRef)
  await refuseKnownRef(tx, desk.payments, companyId, externalRef)
  const { first, allocations } = await wantedOf({ desk, tx, call }, request.customerId, request.allocations)
  // Whose the first bill or payment request is, theirs is the payment.
  const { ownerId, unitId, orgPath, partnerId } = first
  const id = newId()
  const decision = recordPayment({
    companyId,
    ownerId,
    unitId,
    orgPath,
    id,
    paymentNo: await desk.store.numbers(companyId, 'PM', receivedOn),
    customerId: request.customerId,
    method: needed(METHODS.get(request.method), 'method'),
    amount: moneyAbove(request.amount, 'amount'),
    allocations,
    receivedOn,
    recordedBy: actor.id,
    recordedFor: recordedFor ?? actor.id,
    ...(partnerId !== undefined && { partnerId }),
    ...(slipFileId !== undefined && { slipFileId }),
    ...(externalRef && { externalRef }),
  })
  // By the command, which has the same name when it is sent again, and not by the id, which is another one then.
  const document = { companyId, name: `orders/payments/${call.mark === undefined ? id : derivedId(call.mark)}` }
  await desk.files.claim(document, CreatePaymentRequestSchema, request)
  if (!request.confirmed) return tx.save(desk.payments, decision)
  return confirmAndAllocate({ desk, tx }, decision, { by: actor.id, on: receivedOn })
}
