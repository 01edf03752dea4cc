import { readSum } from '@saleswright/contracts'
import {
  Customer_ChannelTier,
  type Customer as CustomerMessage,
  type CustomerService,
  PartnerAgreement_Orders_Intake,
} from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { companyScope } from '@saleswright/kernel'
import type { Client } from '@saleswright/rpc'
import type { Repository, Tx } from '@saleswright/store'
import type { Customer } from './customer.ts'

/** Customer files as this service knows them, or asks for them (decisions 24). */
export type Customers = {
  /** The copy, read once in a transaction, or where it is missing what `customers` says; `customer_not_found` where nobody knows it. */
  readonly get: (tx: Tx, companyId: string, customerId: string) => Promise<Customer>
  /** Asked of `customers`: before anything is refused because of what a copy says. */
  readonly fresh: (companyId: string, customerId: string) => Promise<Customer>
}

export const customers = (copies: Repository<Customer>, files: Client<typeof CustomerService>): Customers => {
  const fresh: Customers['fresh'] = async (companyId, customerId) =>
    customerFrom(companyId, await files.lookUpCustomer({ companyId, customerId }))
  return {
    fresh,
    get: async (tx, companyId, customerId) =>
      (await tx.find(copies, companyScope(companyId), customerId)) ?? fresh(companyId, customerId),
  }
}

const customerFrom = (
  companyId: string,
  { customerId, ownerId, channelTier, agreements, creditLimit, creditUntil, etag }: CustomerMessage,
): Customer => ({
  id: customerId,
  version: 0,
  companyId,
  ownerId,
  inChannel: Boolean(channelTier),
  isStore: channelTier === Customer_ChannelTier.RETAILER,
  agreements: agreements.map(({ orderIntake, activeFrom: from, activeUntil: until }) => ({
    from,
    intake: orderIntake === PartnerAgreement_Orders_Intake.AUTOMATIC ? 'automatic' : 'sales_confirms',
    ...(until !== undefined && { until }),
  })),
  seen: Number(etag.replaceAll('"', '')),
  // What the file shows is in force; from when, it does not say.
  ...(creditLimit && {
    credit: { from: '0001-01-01', limit: readSum(creditLimit), ...(creditUntil && { until: creditUntil }) },
  }),
})
