import type { Allocation as Asked } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  compareMoney,
  conflict,
  formatMoney,
  invalid,
  type Money,
  newId,
  notFound,
  type OwnedPlace,
  withheld,
} from '@saleswright/kernel'
import { type Call, mayTell, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { missing } from '../payment-request/payment-request.ts'
import { openAmount } from '../receivable/receivable.ts'
import { moneyAbove } from './money-above.ts'
import type { Wanted } from './payment.ts'

type Room = { readonly desk: Desk; readonly tx: Tx; readonly call: Call }

/** A bill or a payment request, as far as money asks. */
type Target = OwnedPlace & {
  readonly companyId: string
  readonly customerId: string
  readonly partnerId?: string
  readonly orderId: string
  readonly orderNo: string
  readonly open: Money
  readonly named: Pick<Wanted, 'receivableId' | 'paymentRequestId'>
}

/** What money shall be for: bills and payment requests of the customer, each named once and asked for no more than it lacks. */
export const wantedOf = async (
  room: Room,
  customerId: string,
  asked: readonly Asked[],
): Promise<{ readonly first: Target; readonly allocations: readonly Wanted[] }> => {
  const found = new Map<string, Target>()
  const allocations: Wanted[] = []
  for (const [index, part] of asked.entries()) {
    const field = `allocations[${index}]`
    const id = idOf(part, field)
    if (found.has(id)) throw twice(field, id)
    const target = await targetOf(room, part)
    if (target.customerId !== customerId)
      throw notFound(part.receivableId === undefined ? 'payment_request' : 'receivable', id)
    const { orderId, orderNo, named } = target
    const amount = moneyAbove(part.amount, `${field}.amount`)
    if (compareMoney(amount, target.open) > 0) {
      const params = { orderNo, amount: formatMoney(amount), open: formatMoney(target.open) }
      const refusal = conflict('allocation_beyond_receivable', params)
      throw mayTell(room.call, 'receivables.read', target) ? refusal : withheld(refusal, 'amount')
    }
    found.set(id, target)
    allocations.push({ id: newId(), orderId, orderNo, ...named, amount })
  }
  const [first] = found.values()
  if (!first) throw notFound('receivable', '')
  return { first, allocations }
}

const twice = (field: string, receivableId: string) => {
  const violation = { field: `${field}.receivableId`, rule: 'receivable_twice', message: 'names a receivable again' }
  return invalid('receivable_twice', { receivableId }, [violation])
}

/** A part names a bill or a payment request, and not both. */
const idOf = ({ receivableId, paymentRequestId }: Asked, field: string): string => {
  const id = receivableId ?? paymentRequestId
  if (id !== undefined && (receivableId === undefined || paymentRequestId === undefined)) return id
  const violation = {
    field: `${field}.receivableId`,
    rule: 'allocation_target',
    message: 'or paymentRequestId is required',
  }
  throw invalid('allocation_target', {}, [violation])
}

const targetOf = async ({ desk, tx, call }: Room, { receivableId, paymentRequestId = '' }: Asked): Promise<Target> => {
  if (receivableId !== undefined) {
    const receivable = await tx.get(desk.receivables, scopeOf(call), receivableId)
    return { ...receivable, open: openAmount(receivable), named: { receivableId } }
  }
  const request = await tx.get(desk.paymentRequests, scopeOf(call), paymentRequestId)
  if (request.status === 'open') return { ...request, open: missing(request), named: { paymentRequestId } }
  if (request.receivableId === undefined)
    throw conflict(`payment_request_is_${request.status}`, { what: 'payment_request' })
  const bill = await tx.get(desk.receivables, scopeOf(call), request.receivableId)
  return { ...bill, open: openAmount(bill), named: { receivableId: bill.id } }
}
