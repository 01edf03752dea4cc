import { wordOf } from '@saleswright/contracts'
import type { CreateCustomerRequest } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import type { Call } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { intakeOf } from '../intake/take-in.ts'
import { valueIn } from '../intake/value.ts'
import { creditCodeIn } from './credit-code.ts'
import { type Customer, open } from './customer.ts'
import { GRADE, TIER } from './customer-view.ts'
import { claimName } from './name-claim.ts'
import { expectParent } from './parent.ts'

/** Puts a company on file, where it is not there yet; whose the other one is stays untold (R69, R103). */
export const createCustomer = async (
  desk: Desk,
  tx: Tx,
  request: CreateCustomerRequest,
  call: Call,
): Promise<Customer> => {
  const { customers, directory } = desk
  const intake = await intakeOf(directory, call, request)
  await refuseKnownRef(tx, customers, intake.companyId, intake.externalRef)
  if (request.parentCustomerId) await expectParent(customers, tx, intake.companyId, request.parentCustomerId)
  const decision = open(intake, namedIn(request), tx.at)
  await claimName(desk, tx, decision.next)
  return tx.save(customers, decision)
}

const namedIn = (request: CreateCustomerRequest) => ({
  ...profileIn(request),
  name: request.name,
  grade: wordOf(GRADE, request.grade) ?? ('ordinary' as const),
})

type Told = Pick<
  CreateCustomerRequest,
  | 'channelTier'
  | 'parentCustomerId'
  | 'sector'
  | 'region'
  | 'yearEstablished'
  | 'employees'
  | 'annualRevenue'
  | 'creditCode'
>

/** What a request tells of a customer, in our words. */
export const profileIn = (told: Told) => ({
  channelTier: wordOf(TIER, told.channelTier),
  parentId: told.parentCustomerId,
  sector: told.sector,
  region: told.region,
  yearEstablished: told.yearEstablished,
  employees: told.employees,
  annualRevenue: told.annualRevenue && valueIn('annualRevenue', told.annualRevenue),
  creditCode: told.creditCode === undefined ? undefined : creditCodeIn(told.creditCode),
})
