import { newId } from '@saleswright/kernel'
import { yuan } from './dealers.ts'
import type { Json } from './http.ts'
import type { Party } from './party.ts'
import { TODAY } from './platform.ts'

/** A route that names rows in its body. */
type Reference = {
  readonly route: string
  /** Which of the rows it is about, where it names several. */
  readonly what: string
  /** Why staff of another unit may name the row all the same; absent where they may not. */
  readonly anybody?: string
  /** Why it is refused even where the store forgets its scopes: another rule finds it too. */
  readonly doubled?: string
  /** Why it is not looked up at all. */
  readonly unseen?: string
  /** A request of `own` that names a row of `their`: it is done when they are the same. */
  readonly body: (their: Party, own: Party) => Json
}

const someTarget = (node: { readonly kind: string; readonly id: string }) => [
  { node, period: '2031-Q1', kind: 'QUOTA', amount: yuan('1.00') },
]
const targetPlan = { name: 'x', currencyCode: 'CNY', period: '2031', basis: 'COLLECTED' }
const evaluation = { requestedLimit: yuan('1.00'), validFrom: TODAY, validUntil: '2027-03-10', grounds: 'x' }
const linesOf = ({ sku }: Party) => [{ sku, quantity: '1' }]
const CUSTOMERS = 'a deal is made with any customer of the company (decisions 41), and tells nothing of it'

/** Rows that are named beside the path, route by route. Routes that make something and are not among them name none. */
export const REFERRING: readonly Reference[] = [
  {
    route: 'POST /v1/contacts',
    what: 'a customer',
    body: ({ ids }) => ({ customerId: ids.customer_id, name: 'x' }),
  },
  {
    route: 'POST /v1/credit-evaluations',
    what: 'a customer',
    body: ({ ids }) => ({ customerId: ids.customer_id, ...evaluation }),
  },
  {
    route: 'POST /v1/opportunities',
    what: 'a customer',
    anybody: CUSTOMERS,
    body: ({ ids }) => ({ customerId: ids.customer_id, title: 'x' }),
  },
  {
    route: 'POST /v1/opportunities',
    what: 'an owner',
    body: ({ insider }, { ids }) => ({ customerId: ids.customer_id, title: 'x', ownerId: insider.personId }),
  },
  {
    route: 'POST /v1/orders',
    what: 'a customer',
    anybody: CUSTOMERS,
    body: ({ ids }, own) => ({ customerId: ids.customer_id, lines: linesOf(own) }),
  },
  {
    route: 'POST /v1/orders',
    what: 'an owner',
    body: ({ insider }, own) => ({ customerId: own.ids.customer_id, lines: linesOf(own), ownerId: insider.personId }),
  },
  { route: 'POST /v1/shipments', what: 'an order', body: ({ ids }) => ({ orderId: ids.order_id }) },
  {
    route: 'POST /v1/payments',
    what: 'a customer and its receivable',
    body: ({ ids }) => ({
      customerId: ids.customer_id,
      amount: yuan('1.00'),
      method: 'TRANSFER',
      allocations: [{ receivableId: ids.receivable_id, amount: yuan('1.00') }],
      receivedOn: TODAY,
    }),
  },
  {
    route: 'POST /v1/payments',
    what: 'a customer and its payment request',
    body: ({ ids }) => ({
      customerId: ids.customer_id,
      amount: yuan('1.00'),
      method: 'TRANSFER',
      allocations: [{ paymentRequestId: ids.payment_request_id, amount: yuan('1.00') }],
      receivedOn: TODAY,
    }),
  },
  {
    route: 'POST /v1/payments/{payment_id}/apply',
    what: 'a receivable',
    doubled: 'money and what it is used for belong to one customer',
    body: ({ ids }) => ({ allocations: [{ receivableId: ids.receivable_id, amount: yuan('1.00') }] }),
  },
  {
    route: 'POST /v1/payments/{payment_id}/apply',
    what: 'a payment request',
    doubled: 'money and what it is used for belong to one customer',
    body: ({ ids }) => ({ allocations: [{ paymentRequestId: ids.payment_request_id, amount: yuan('1.00') }] }),
  },
  {
    route: 'POST /v1/customers',
    what: 'a customer above',
    anybody: 'any company on file may be named as a parent',
    body: ({ ids }) => ({ name: newId(), grade: 'KEY', parentCustomerId: ids.customer_id }),
  },
  {
    route: 'POST /v1/customers',
    what: 'an owner',
    body: ({ insider }) => ({ name: newId(), grade: 'KEY', ownerId: insider.personId }),
  },
  {
    route: 'POST /v1/leads',
    what: 'an owner',
    body: ({ insider }) => ({ title: 'x', ownerId: insider.personId }),
  },
  {
    route: 'POST /v1/partner-applications',
    what: 'a partner',
    unseen: 'customers are not known there: a token for one of another company finds nothing',
    body: ({ ids }) => ({ partnerId: ids.customer_id, name: 'x' }),
  },
  {
    route: 'POST /v1/target-plans',
    what: 'a person',
    body: ({ insider }) => ({ ...targetPlan, targets: someTarget({ kind: 'PERSON', id: insider.personId }) }),
  },
  {
    route: 'POST /v1/target-plans',
    what: 'a unit',
    body: ({ unitId }) => ({ ...targetPlan, targets: someTarget({ kind: 'ORG_UNIT', id: unitId }) }),
  },
  {
    route: 'POST /v1/target-plans',
    what: 'the person whose plan it is',
    body: ({ insider }) => ({ ...targetPlan, node: { kind: 'PERSON', id: insider.personId } }),
  },
  {
    route: 'POST /v1/target-plans',
    what: 'the unit whose plan it is',
    body: ({ unitId }) => ({ ...targetPlan, node: { kind: 'ORG_UNIT', id: unitId } }),
  },
  {
    route: 'POST /v1/target-plans',
    what: 'a plan that it takes the place of',
    body: ({ ids }) => ({ ...targetPlan, supersedesId: ids.target_plan_id, reason: '调整' }),
  },
  {
    route: 'POST /v1/org-units',
    what: 'the unit above',
    body: ({ unitId }) => ({ name: newId(), kind: 'DEPARTMENT', parentId: unitId }),
  },
  {
    route: 'POST /v1/headcount-plans',
    what: 'a unit',
    body: ({ unitId }) => ({ orgUnitId: unitId, planned: 99 }),
  },
  {
    route: 'POST /v1/people',
    what: 'a unit',
    body: ({ unitId, insider }) => ({
      displayName: 'x',
      assignment: { orgUnitId: unitId, positionId: insider.positionId, from: '2026-01-01' },
    }),
  },
  {
    route: 'POST /v1/positions',
    what: 'roles',
    body: ({ insider }) => ({ title: newId(), roleIds: [insider.roleId] }),
  },
  {
    route: 'POST /v1/authority-rules',
    what: 'a position',
    body: ({ insider }) => ({ class: 'price_under_rep_floor', positionId: insider.positionId, from: TODAY }),
  },
  {
    route: 'POST /v1/delegations',
    what: 'whose seat it is',
    body: ({ insider }, own) => ({
      fromPersonId: insider.personId,
      toPersonId: own.insider.personId,
      from: TODAY,
      until: '2026-03-20',
    }),
  },
  {
    route: 'POST /v1/imports',
    what: 'files',
    body: ({ ids }) => ({
      profile: 'crm',
      dryRun: true,
      files: ['accounts.csv', 'products.csv', 'sales_teams.csv', 'sales_pipeline.csv'].map((name) => ({
        name,
        fileId: ids.file_id,
      })),
    }),
  },
  {
    route: 'POST /v1/leads/{lead_id}/assign',
    what: 'to whom',
    body: ({ insider }) => ({ toPersonId: insider.personId }),
  },
  {
    route: 'POST /v1/customers/{customer_id}/handover',
    what: 'to whom',
    anybody: 'what is one’s own is given to anybody of the company',
    body: ({ insider }) => ({ toPersonId: insider.personId, reason: 'x' }),
  },
  {
    route: 'PATCH /v1/org-units/{org_unit_id}',
    what: 'the unit above',
    body: ({ unitId }) => ({ parentId: unitId }),
  },
  {
    route: 'POST /v1/people/{person_id}/transfer',
    what: 'a unit',
    body: ({ unitId, insider }) => ({
      assignment: { orgUnitId: unitId, positionId: insider.positionId, from: '2026-06-01' },
    }),
  },
]
