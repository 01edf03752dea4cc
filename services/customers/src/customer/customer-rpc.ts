import { wordOf } from '@saleswright/contracts'
import {
  CustomerSchema,
  type CustomerService,
  type ListCustomersRequest,
  type UpdateCustomerRequest,
} from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { todayIn } from '@saleswright/directory'
import { companyScope, expectEtag } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { createCustomer, profileIn } from './create-customer.ts'
import { acceptHandover, type Customer, creditOn, update } from './customer.ts'
import { customerView, GRADE, STATUS } from './customer-view.ts'
import { handOver } from './hand-over.ts'
import { claimName } from './name-claim.ts'
import { adopt } from './parent.ts'
import { endPartnerAgreement, setAgreement } from './set-agreement.ts'

export const customerRpc = (desk: Desk): Implementation<typeof CustomerService> => {
  const view = async (customer: Customer, at: Date) => {
    const limited = customer.credit ?? customer.nextCredit
    const today = limited && (await todayIn(desk.directory, customer.companyId, at))
    return customerView(customer, today ? creditOn(customer, today) : undefined)
  }
  const answer = (call: Call, work: (tx: Tx) => Promise<Customer>) =>
    desk.store.answer(call, CustomerSchema, async (tx) => view(await work(tx), call.at))
  return {
    createCustomer: (request, call) => answer(call, (tx) => createCustomer(desk, tx, request, call)),
    getCustomer: async ({ customerId }, call) => view(await desk.customers.get(scopeOf(call), customerId), call.at),
    updateCustomer: (request, call) => answer(call, (tx) => updateCustomer(desk, tx, request, call)),
    listCustomers: async (request, call) => {
      const page = await desk.customers.list(scopeOf(call), queryOf(request, filterOf(request)))
      return { customers: await Promise.all(page.items.map((customer) => view(customer, call.at))), ...pageFacts(page) }
    },
    handOverCustomer: (request, call) => answer(call, (tx) => handOver(desk, tx, request, call)),
    acceptHandover: ({ customerId, etag }, call) =>
      answer(call, async (tx) => {
        const customer = await tx.get(desk.customers, scopeOf(call), customerId)
        expectEtag(customer, etag)
        const today = await todayIn(desk.directory, customer.companyId, call.at)
        return tx.save(desk.customers, acceptHandover(customer, call.actor.id, today))
      }),
    setPartnerAgreement: (request, call) => answer(call, (tx) => setAgreement(desk, tx, request, call)),
    endPartnerAgreement: (request, call) => answer(call, (tx) => endPartnerAgreement(desk, tx, request, call)),
    lookUpCustomer: async ({ companyId, customerId }, call) =>
      view(await desk.customers.get(companyScope(companyId), customerId), call.at),
  }
}

const updateCustomer = async (desk: Desk, tx: Tx, request: UpdateCustomerRequest, call: Call): Promise<Customer> => {
  const customer = await tx.get(desk.customers, scopeOf(call), request.customerId)
  expectEtag(customer, request.etag)
  const decision = update(customer, {
    ...profileIn(request),
    ...clearedIn(request.clearedFields),
    name: request.name,
    grade: wordOf(GRADE, request.grade),
    status: wordOf(STATUS, request.status),
  })
  const { parentId } = decision.next
  if (parentId !== undefined && parentId !== customer.parentId) await adopt(desk, tx, customer, parentId)
  const { name, creditCode } = decision.next
  if (name !== customer.name || creditCode !== customer.creditCode) await claimName(desk, tx, decision.next)
  return tx.save(desk.customers, decision)
}

/** The name of the contract → ours, where it may be absent. */
const CLEARED = {
  channelTier: 'channelTier',
  parentCustomerId: 'parentId',
  sector: 'sector',
  region: 'region',
  yearEstablished: 'yearEstablished',
  employees: 'employees',
  annualRevenue: 'annualRevenue',
  creditCode: 'creditCode',
} as const

const clearedIn = (names: readonly string[]): { readonly [name in (typeof CLEARED)[keyof typeof CLEARED]]?: null } =>
  Object.fromEntries(Object.entries(CLEARED).flatMap(([name, fact]) => (names.includes(name) ? [[fact, null]] : [])))

const AWAITING_ACCEPTANCE = { 'handover.on': { $exists: true }, 'handover.acceptedOn': { $exists: false } }

const filterOf = ({ q, ownerId, status, grade, parentCustomerId, externalId, ...asked }: ListCustomersRequest) => ({
  ...(asked.awaitingAcceptance && AWAITING_ACCEPTANCE),
  ownerId,
  status: wordOf(STATUS, status),
  grade: wordOf(GRADE, grade),
  parentId: parentCustomerId,
  'externalRef.id': externalId,
  ...searchFilter(q),
})
