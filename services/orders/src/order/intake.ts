import { type BusinessDate, type Decision, forbidden } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { type Agreement, agreementOn, type Customer } from '../customer/customer.ts'
import type { Desk } from '../desk.ts'
import { type Confirmation, confirmation } from './confirm-order.ts'
import type { Order } from './order.ts'
import { isRefusal } from './order-steps.ts'

/** Decision 47: how a partner's order is taken in on a day; `agreement_missing` where no agreement is active. */
export const intakeOf = async (desk: Desk, customer: Customer, date: BusinessDate): Promise<Agreement['intake']> => {
  const { companyId, id } = customer
  const agreement = agreementOn(customer, date) ?? agreementOn(await desk.customers.fresh(companyId, id), date)
  if (!agreement) throw forbidden('agreement_missing')
  return agreement.intake
}

/** Makes the order as a draft that is confirmed at once, or as one that was submitted. */
type Making = (status: 'draft' | 'submitted') => Decision<Order>

type Taken = { readonly intake: Agreement['intake']; readonly make: Making; readonly date: BusinessDate }

/**
 * A partner's order waits for who owns the customer, with nothing reserved. An automatic intake confirms it at once where stock and credit
 * allow it.
 */
export const takeIn = async (desk: Desk, tx: Tx, { intake, make, date }: Taken): Promise<Order> => {
  const draft = make('draft')
  const confirmed = intake === 'automatic' ? await tryConfirm(desk, tx, draft.next, date) : undefined
  return confirmed ? confirmed.stage(draft.events) : tx.save(desk.orders, make('submitted'))
}

/** Undefined where the rules of the trade refuse it by now. */
export const tryConfirm = async (
  desk: Desk,
  tx: Tx,
  order: Order,
  date: BusinessDate,
): Promise<Confirmation | undefined> => {
  try {
    return await confirmation({ desk, tx }, order, date)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}
