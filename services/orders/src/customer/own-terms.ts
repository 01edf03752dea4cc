import { AppError, forbidden } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import type { PriceKind } from '../price-list/price-list.ts'
import type { Customer } from './customer.ts'

/** R159: the class of a customer alone says which prices it pays. */
export const priceKindOf = ({ inChannel }: Pick<Customer, 'inChannel'>): PriceKind =>
  inChannel ? 'wholesale' : 'ex_factory'

/** What a partner who calls pays: by its own file, in the currency of the company; undefined where there is no such file. */
export const ownTerms = async (desk: Desk, { actor, correlationId, at }: Call) => {
  const { companyId, partnerId } = actor
  if (partnerId === undefined) throw forbidden('not_for_partners')
  const [company, customer] = await Promise.all([
    desk.directory.company(companyId),
    desk.store
      .transact({ actor, at, correlationId }, (tx) => desk.customers.get(tx, companyId, partnerId))
      .catch((error: unknown) => {
        if (error instanceof AppError && error.kind === 'not_found') return undefined
        throw error
      }),
  ])
  return customer && { kind: priceKindOf(customer), currency: company.currency }
}
