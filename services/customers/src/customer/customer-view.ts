import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant, moneyMessage } from '@saleswright/contracts'
import {
  Customer_ChannelTier,
  Customer_Grade,
  Customer_Status,
  type CustomerSchema,
  PartnerAgreement_Orders_Intake,
} from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { OrderIntake } from './agreement.ts'
import type { ChannelTier, CreditLimit, Customer, Grade, Status } from './customer.ts'

export const STATUS = {
  potential: Customer_Status.POTENTIAL,
  active: Customer_Status.ACTIVE,
  at_risk: Customer_Status.AT_RISK,
  lapsed: Customer_Status.LAPSED,
  recalled: Customer_Status.RECALLED,
} as const satisfies Record<Status, Customer_Status>

export const GRADE = {
  ordinary: Customer_Grade.ORDINARY,
  key: Customer_Grade.KEY,
  large: Customer_Grade.LARGE,
} as const satisfies Record<Grade, Customer_Grade>

export const TIER = {
  distributor: Customer_ChannelTier.DISTRIBUTOR,
  agent: Customer_ChannelTier.AGENT,
  retailer: Customer_ChannelTier.RETAILER,
} as const satisfies Record<ChannelTier, Customer_ChannelTier>

export const INTAKE = {
  sales_confirms: PartnerAgreement_Orders_Intake.SALES_CONFIRMS,
  automatic: PartnerAgreement_Orders_Intake.AUTOMATIC,
} as const satisfies Record<OrderIntake, PartnerAgreement_Orders_Intake>

/** `credit` is the limit in force, where there is one. */
export const customerView = (
  customer: Customer,
  credit: CreditLimit | undefined,
): MessageInitShape<typeof CustomerSchema> => ({
  customerId: customer.id,
  name: customer.name,
  status: STATUS[customer.status],
  grade: GRADE[customer.grade],
  channelTier: customer.channelTier && TIER[customer.channelTier],
  parentCustomerId: customer.parentId,
  sector: customer.sector,
  region: customer.region,
  yearEstablished: customer.yearEstablished,
  employees: customer.employees,
  annualRevenue: customer.annualRevenue && moneyMessage(customer.annualRevenue),
  creditCode: customer.creditCode,
  ownerId: customer.ownerId,
  unitId: customer.unitId,
  creditLimit: credit && moneyMessage(credit.amount),
  creditUntil: credit?.until,
  agreements: (customer.agreements ?? []).map(({ tier, orderIntake, from, until }) => ({
    tier: TIER[tier],
    orderIntake: INTAKE[orderIntake],
    activeFrom: from,
    ...(until !== undefined && { activeUntil: until }),
  })),
  handover: customer.handover,
  externalRef: customer.externalRef,
  etag: etagOf(customer),
  createdAt: instant(customer.createdAt),
})
