import {
  CustomerChangedSchema,
  LeadChangedSchema,
  OpportunityChangedSchema,
  OpportunityLostSchema,
  OpportunityWonSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { CommissionAccruedSchema } from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import {
  AllocationReversedSchema,
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderCreatedSchema,
  OrderHandedOverSchema,
  PaymentAllocatedSchema,
  ProductChangedSchema,
  ReceivableCollectedSchema,
  ReceivableOpenedSchema,
  ShipmentShippedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  CompanyCreatedSchema,
  OrgUnitChangedSchema,
  PersonChangedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import {
  TargetPlanPublishedSchema,
  TargetPlanSupersededSchema,
} from '@saleswright/contracts/saleswright/performance/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { COMPANY } from './facts.ts'
import { money, type Sourced, teller } from './teller.ts'

const [fromOrganization, fromCustomers, fromOrders] = [teller('organization'), teller('customers'), teller('orders')]
const [fromPerformance, fromIncentives] = [teller('performance'), teller('incentives')]

export const [ROOT, EAST, SHOP, WEST] = [newId(), newId(), newId(), newId()]
export const [ANN, BOB, MIA, MAX] = [newId(), newId(), newId(), newId()]
export const [ACME, ISDOM] = [newId(), newId()]

const atShop = { ownerId: ANN, unitId: SHOP, orgPath: [ROOT, EAST, SHOP] }
const atWest = { ownerId: BOB, unitId: WEST, orgPath: [ROOT, WEST] }

const unit = (orgUnitId: string, name: string, kind: string, path: readonly string[]) =>
  fromOrganization(orgUnitId, OrgUnitChangedSchema, { orgUnitId, name, kind, path })
const person = (personId: string, displayName: string, places: readonly object[]) =>
  fromOrganization(personId, PersonChangedSchema, { personId, displayName, places })
const seat = (orgUnitId: string, managerId: string | undefined, from: string, until?: string) => ({
  orgUnitId,
  positionId: newId(),
  from,
  ...(managerId && { managerId }),
  ...(until && { until }),
})

const company: readonly Sourced[] = [
  fromOrganization(COMPANY, CompanyCreatedSchema, {
    companyId: COMPANY,
    name: '示范公司',
    currencyCode: 'CNY',
    timeZone: 'Asia/Shanghai',
  }),
  unit(ROOT, '示范公司', 'company', [ROOT]),
  unit(EAST, 'East', 'office', [ROOT, EAST]),
  unit(SHOP, 'Shop', 'team', [ROOT, EAST, SHOP]),
  unit(WEST, 'West', 'office', [ROOT, WEST]),
  person(MIA, 'Mia', [seat(EAST, undefined, '2016-01-01')]),
  person(MAX, 'Max', [seat(WEST, undefined, '2016-01-01')]),
  person(ANN, 'Ann', [seat(SHOP, MIA, '2016-01-01', '2017-04-01'), seat(SHOP, MAX, '2017-04-01')]),
  person(BOB, 'Bob', [seat(WEST, MAX, '2016-01-01')]),
  fromOrders(newId(), ProductChangedSchema, { sku: 'GTX', name: 'GTX Basic' }),
  fromOrders(newId(), ProductChangedSchema, { sku: 'MG', name: 'MG Special' }),
  fromCustomers(ACME, CustomerChangedSchema, { ...atShop, customerId: ACME, name: 'Acme', region: 'North' }),
  fromCustomers(ISDOM, CustomerChangedSchema, { ...atWest, customerId: ISDOM, name: 'Isdom', region: 'South' }),
]

type Line = readonly [sku: string, net: string]
type Sale = { readonly at: typeof atShop; readonly customerId: string; readonly on: string; readonly currency?: string }

const ordered = (
  orderId: string,
  { at, customerId, on, currency = 'CNY' }: Sale,
  net: string,
  lines: readonly Line[],
) =>
  fromOrders(orderId, OrderCreatedSchema, {
    ...at,
    orderId,
    customerId,
    businessDate: on,
    net: money(net, currency),
    lines: lines.map(([sku, part], index) => ({ lineNo: index + 1, sku, net: money(part, currency) })),
  })
const shipped = (orderId: string, at: typeof atShop, shippedOn: string, parts: readonly Line[]) => {
  const shipmentId = newId()
  const told = parts.map(([sku, net], index) => ({ lineNo: index + 1, sku, quantity: '1', net: money(net) }))
  return fromOrders(shipmentId, ShipmentShippedSchema, { ...at, shipmentId, orderId, shippedOn, parts: told })
}

/** The four orders: one in two lines, one large, one that is cancelled, one in dollars that goes to another owner. */
export const [O1, O3, O4] = [newId(), newId(), newId()]
const [O2, R1, R2, PAY1, PAY2] = [newId(), newId(), newId(), newId(), newId()]

const sold: readonly Sourced[] = [
  ordered(O1, { at: atShop, customerId: ACME, on: '2017-03-10' }, '100.00', [
    ['GTX', '60.00'],
    ['MG', '40.00'],
  ]),
  fromOrders(O1, OrderConfirmedSchema, { orderId: O1, businessDate: '2017-03-10' }),
  ordered(O2, { at: atWest, customerId: ISDOM, on: '2017-04-02' }, '200.00', [['GTX', '200.00']]),
  ordered(O3, { at: atShop, customerId: ISDOM, on: '2017-03-20' }, '50.00', [['MG', '50.00']]),
  fromOrders(O3, OrderCancelledSchema, { orderId: O3, businessDate: '2017-03-21', reason: '客户取消' }),
  ordered(O4, { at: atShop, customerId: ACME, on: '2017-04-05', currency: 'USD' }, '10.00', [['MG', '10.00']]),
  fromOrders(O4, OrderHandedOverSchema, { orderId: O4, businessDate: '2017-04-06', ...atWest }),
  shipped(O1, atShop, '2017-03-12', [['GTX', '60.00']]),
  shipped(O1, atShop, '2017-04-01', [['MG', '40.00']]),
  shipped(O2, atWest, '2017-04-03', [['GTX', '200.00']]),
]

type Owed = { readonly at: typeof atShop; readonly orderId: string; readonly customerId: string }
const owed1: Owed = { at: atShop, orderId: O1, customerId: ACME }
const owed2: Owed = { at: atWest, orderId: O2, customerId: ISDOM }

const billed = (receivableId: string, { at, ...owed }: Owed, amount: string, days: readonly [string, string]) =>
  fromOrders(receivableId, ReceivableOpenedSchema, {
    ...at,
    ...owed,
    receivableId,
    amount: money(amount),
    billedOn: days[0],
    dueOn: days[1],
  })
const paidTo = (receivableId: string, collected: string, on: string) =>
  fromOrders(receivableId, ReceivableCollectedSchema, { receivableId, collected: money(collected), on })
const allocated = (paymentId: string, { at, ...owed }: Owed, net: string, allocatedOn: string) =>
  fromOrders(paymentId, PaymentAllocatedSchema, {
    ...at,
    ...owed,
    paymentId,
    paymentPlace: at,
    net: money(net),
    allocatedOn,
  })

/** Taken off the allocation of the large order, of which 150.00 stay. */
const reversal = fromOrders(PAY2, AllocationReversedSchema, {
  ...atWest,
  paymentId: PAY2,
  paymentPlace: atWest,
  orderId: O2,
  customerId: ISDOM,
  net: money('50.00'),
  reversedOn: '2017-05-02',
})

const paid: readonly Sourced[] = [
  billed(R1, owed1, '113.00', ['2017-03-10', '2017-04-09']),
  billed(R2, owed2, '226.00', ['2017-04-02', '2017-04-02']),
  paidTo(R1, '37.66', '2017-03-15'),
  paidTo(R1, '113.00', '2017-04-10'),
  paidTo(R2, '226.00', '2017-04-04'),
  paidTo(R2, '169.50', '2017-05-02'),
  allocated(PAY1, owed1, '33.33', '2017-03-15'),
  allocated(PAY1, owed1, '66.67', '2017-04-10'),
  allocated(PAY2, owed2, '200.00', '2017-04-04'),
  reversal,
]

const deal = (fields: object) => ({ ...atShop, businessDate: '2017-01-05', customerId: ACME, ...fields })
const [D1, D2, D3] = [newId(), newId(), newId()]

const lead = (status: string, fields: object = {}) =>
  fromCustomers(newId(), LeadChangedSchema, { ...atWest, businessDate: '2017-02-01', status, ...fields })

const deals: readonly Sourced[] = [
  fromCustomers(D1, OpportunityChangedSchema, deal({ stage: 'discovery', expectedValue: money('80.00'), sku: 'GTX' })),
  fromCustomers(D1, OpportunityWonSchema, deal({ wonValue: money('100.00'), sku: 'GTX', closedOn: '2017-03-10' })),
  fromCustomers(D2, OpportunityChangedSchema, deal({ stage: 'requirement_confirmed', expectedValue: money('30.00') })),
  fromCustomers(D3, OpportunityChangedSchema, deal({ stage: 'discovery' })),
  fromCustomers(D3, OpportunityLostSchema, deal({ closedOn: '2017-02-02', reason: '价格' })),
  lead('contacted', { expectedValue: money('7.00'), sku: 'MG' }),
  lead('contacted'),
  lead('new'),
  lead('converted'),
]

/** Where units and people lie. */
const PATHS = new Map([
  [ANN, atShop.orgPath],
  [BOB, atWest.orgPath],
  [ROOT, [ROOT]],
  [EAST, [ROOT, EAST]],
])
const target = (nodeKind: string, nodeId: string, period: string, amount: string) => ({
  orgPath: PATHS.get(nodeId) ?? [],
  nodeKind,
  nodeId,
  period,
  amount: money(amount),
})
const [PLAN1, PLAN2] = [newId(), newId()]

const planned: readonly Sourced[] = [
  fromPerformance(PLAN1, TargetPlanPublishedSchema, {
    targetPlanId: PLAN1,
    year: '2017',
    targets: [target('person', ANN, '2017-Q1', '9999.00')],
  }),
  fromPerformance(PLAN1, TargetPlanSupersededSchema, { targetPlanId: PLAN1, byId: PLAN2 }),
  fromPerformance(PLAN2, TargetPlanPublishedSchema, {
    targetPlanId: PLAN2,
    year: '2017',
    supersedesId: PLAN1,
    targets: [
      target('person', ANN, '2017-Q1', '100.00'),
      target('person', ANN, '2017-03', '40.00'),
      target('person', ANN, '2017-Q2', '50.00'),
      target('person', BOB, '2017-Q2', '300.00'),
      target('org_unit', ROOT, '2017', '1000.00'),
      target('org_unit', EAST, '2017', '400.00'),
    ],
  }),
]

const STATEMENT = newId()
const earned = (at: typeof atShop, line: { orderId: string; on: string; basis: string; amount: string }) =>
  fromIncentives(STATEMENT, CommissionAccruedSchema, {
    personId: at.ownerId,
    unitId: at.unitId,
    orgPath: at.orgPath,
    statementId: STATEMENT,
    commissionLineId: newId(),
    kind: 'accrual',
    period: '2017-Q1',
    orderId: line.orderId,
    allocatedOn: line.on,
    basis: money(line.basis),
    amount: money(line.amount),
  })

const commission: readonly Sourced[] = [
  earned(atShop, { orderId: O1, on: '2017-03-15', basis: '33.33', amount: '1.00' }),
  earned(atShop, { orderId: O1, on: '2017-04-10', basis: '66.67', amount: '2.00' }),
  earned(atWest, { orderId: O2, on: '2017-04-04', basis: '200.00', amount: '6.00' }),
  earned(atWest, { orderId: O2, on: '2017-05-02', basis: '-50.00', amount: '-1.50' }),
]

/** Half a year of a small company, as five services told it. */
export const STORY: readonly Sourced[] = [...company, ...sold, ...paid, ...deals, ...planned, ...commission]
