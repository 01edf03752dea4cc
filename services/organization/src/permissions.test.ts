import { accessOf, registry } from '@saleswright/contracts'
import { expect, test } from 'vitest'
import { ADMINISTRATOR_GRANTS, isGrant, PARTNER_PERMISSIONS, PERMISSIONS } from './permissions.ts'

test('every permission of the contracts can be granted, and those that code asks for', () => {
  for (const name of ['orders.write', 'organization.approvals.decide', 'migration', 'orders.price', 'session']) {
    expect(PERMISSIONS).toContain(name)
    expect(ADMINISTRATOR_GRANTS).toContain(`${name}@company`)
  }
})

test('partners get what the contracts open to them, and nothing of the organisation', () => {
  expect(PARTNER_PERMISSIONS).toContain('orders.write')
  expect(PARTNER_PERMISSIONS.filter((name) => /^organization\.|migration|orders\.price/.test(name))).toEqual([])
})

test.each(['orders.read', 'orders.read@', 'orders.read@everywhere', 'orders.fly@self', 'orders.read@self@self', ''])(
  '"%s" is no grant',
  (text) => expect(isGrant(text)).toBe(false),
)

test('a known permission with a reach is one', () => expect(isGrant('orders.read@subtree')).toBe(true))

/** One permission is one duty: where it opens several verbs, they belong to the same hand and the same decision. */
const DUTIES: Readonly<Record<string, string>> = {
  'contacts.write': 'CreateContact UpdateContact',
  'credit.write': 'CreateCreditEvaluation SubmitCreditEvaluation',
  'customers.agreements': 'EndPartnerAgreement SetPartnerAgreement',
  'customers.write': 'AcceptHandover CreateCustomer UpdateCustomer',
  'leads.write': 'ClaimLead ContactLead ConvertLead CreateLead QualifyLead RecycleLead',
  'opportunities.write': 'AdvanceOpportunity CreateOpportunity LoseOpportunity WinOpportunity',
  'orders.hold': 'HoldOrder ResumeOrder',
  // Staff may enter an order that the customer has confirmed already.
  'orders.write': 'ConfirmOrder CreateOrder',
  'organization.accounts.write': 'OfferPasswordSetup SetAccount',
  'organization.approvals.decide': 'AddSigner Approve Reject Return',
  'organization.authority.write': 'CreateAuthorityRule EndAuthorityRule',
  'organization.delegations.write': 'CreateDelegation EndDelegation',
  'organization.headcount.write': 'CreateHeadcountPlan UpdateHeadcountPlan',
  'organization.partner_applications.write': 'CreatePartnerApplication DisablePartnerApplication RotateSecret',
  'organization.people.write': 'CreatePerson LeavePerson TransferPerson',
  'organization.positions.write': 'CreatePosition UpdatePosition',
  'organization.roles.write': 'CreateRole SetPersonRoles UpdateRole',
  'organization.units.write': 'CreateOrgUnit UpdateOrgUnit',
  'payments.confirm': 'ApplyPayment ConfirmPayment',
  'payments.write': 'CreatePayment WithdrawPayment',
  'policies.write': 'UpdatePolicy UpdateServicePolicy',
  'prices.write': 'CorrectPrice CreatePriceList',
  'products.write': 'CreateProduct UpdateProduct',
  'receivables.write_off': 'SettlePaymentRequest WriteOffReceivable',
  'shipments.plan': 'CreateShipment WithdrawShipment',
  'targets.write': 'CreateTargetPlan UpdateTargetPlan',
}

test('a permission opens one verb, or those of one duty; none both reads and changes', () => {
  const methods = [...registry].flatMap((entry) => (entry.kind === 'service' ? entry.methods : []))
  const guarded = methods.filter((method) => !['', 'session', 'migration'].includes(accessOf(method).permission))
  const changes = guarded.filter((method) => accessOf(method).idempotency !== 0)
  const changing = Map.groupBy(changes, (method) => accessOf(method).permission)
  const several = [...changing].filter(([, { length }]) => length > 1)
  expect(
    Object.fromEntries(
      several.map(([name, verbs]) => [
        name,
        verbs
          .map((verb) => verb.name)
          .toSorted()
          .join(' '),
      ]),
    ),
  ).toEqual(DUTIES)
  const reading = new Set(
    guarded.filter((method) => !changes.includes(method)).map((method) => accessOf(method).permission),
  )
  expect([...changing.keys()].filter((name) => reading.has(name))).toEqual([])
})

test('what a method needs besides is the permission of another method, once', () => {
  const methods = [...registry].flatMap((entry) => (entry.kind === 'service' ? entry.methods : []))
  const known = new Set(methods.map((method) => accessOf(method).permission))
  for (const method of methods) {
    const { also, permission } = accessOf(method)
    expect([method.name, also.filter((name) => !known.has(name) || name === permission)]).toEqual([method.name, []])
    expect(new Set(also).size).toBe(also.length)
  }
})
