import { accessOf, registry } from '@saleswright/contracts'
import { describe, expect, test } from 'vitest'
import { GRANTS, type Position } from './staff.ts'

const methods = [...registry].flatMap((entry) => (entry.kind === 'service' ? entry.methods : []))

/** What changes something: everything that is remembered under a key. */
const verbs = methods.filter(
  (method) => accessOf(method).idempotency !== 0 && accessOf(method).permission !== 'session',
)

/** Every verb of a role with how far it reaches, and nothing else. A verb that is new is decided about here. */
const VERBS: Readonly<Record<Position, Readonly<Record<string, string>>>> = {
  销售代表: {
    self: `CreateCustomer UpdateCustomer AcceptHandover CreateContact UpdateContact
      CreateLead ContactLead QualifyLead ConvertLead RecycleLead ClaimLead
      CreateOpportunity AdvanceOpportunity WinOpportunity LoseOpportunity
      CreateOrder ConfirmOrder AcknowledgeStock HoldOrder ResumeOrder CancelOrder
      CreateCreditEvaluation SubmitCreditEvaluation ConfirmStatement Withdraw CreateTargetPlan UpdateTargetPlan`,
  },
  销售经理: {
    subtree: `CreateCustomer UpdateCustomer AcceptHandover HandOverCustomer CreateContact UpdateContact
      CreateLead ContactLead QualifyLead ConvertLead RecycleLead ClaimLead AssignLead
      CreateOpportunity AdvanceOpportunity WinOpportunity LoseOpportunity
      CreateOrder ConfirmOrder AcknowledgeStock HoldOrder ResumeOrder CancelOrder
      CreateCreditEvaluation SubmitCreditEvaluation CreateTargetPlan UpdateTargetPlan PublishTargetPlan
      Approve Reject Return AddSigner Withdraw CreateDelegation EndDelegation`,
  },
  销售总监: {
    company: `HandOverCustomer AssignLead CreateProduct UpdateProduct CreatePriceList CorrectPrice CreatePriceFloor
      CreateTargetPlan UpdateTargetPlan PublishTargetPlan ActivateCommissionPlan PublishStatement
      Approve Reject Return AddSigner Withdraw CreateDelegation EndDelegation`,
  },
  财务专员: {
    company: `ConfirmFunds ReleaseOrder CompleteOrder CreateCommissionPlan RegisterFile CreateTargetPlan UpdateTargetPlan
      CreatePayment ConfirmPayment ApplyPayment RefundPayment WithdrawPayment SettlePaymentRequest WriteOffReceivable`,
  },
  仓库管理员: { company: 'AdjustStock AcknowledgeStock CreateShipment WithdrawShipment Ship Deliver RegisterFile' },
  历史数据录入: {
    company: `CreateCustomer UpdateCustomer AcceptHandover CreateContact UpdateContact
      CreateLead ContactLead QualifyLead ConvertLead RecycleLead ClaimLead
      CreateOpportunity AdvanceOpportunity WinOpportunity LoseOpportunity
      CreateOrder ConfirmOrder AcknowledgeStock CancelOrder ReleaseOrder CompleteOrder
      CreateShipment WithdrawShipment Ship Deliver RegisterFile CreateImport CancelImport`,
  },
  历史数据复核: {
    company: 'CreatePayment ConfirmPayment ApplyPayment WithdrawPayment RegisterFile CreateImport CancelImport',
  },
}

const verbsOf = (grants: readonly string[]): readonly string[] => {
  const reaches = new Map(grants.map((grant) => grant.split('@') as [string, string]))
  return verbs.flatMap((method) => {
    const reach = reaches.get(accessOf(method).permission)
    return reach === undefined ? [] : [`${method.name}@${reach}`]
  })
}

describe.each(Object.entries(VERBS))('somebody of the position %s', (position, byReach) => {
  test('can do the verbs of their work, as far as it reaches, and no other', () => {
    const expected = Object.entries(byReach).flatMap(([reach, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => `${name}@${reach}`),
    )
    expect(verbsOf(GRANTS[position as Position]).toSorted()).toEqual(expected.toSorted())
  })
})

test('whoever may bring in what is old may upload the files that it stands in', () => {
  const migrating = Object.values(GRANTS).filter((grants) => grants.some((grant) => grant === 'migration@company'))
  expect(migrating).toHaveLength(2)
  for (const grants of migrating)
    expect(grants).toEqual(expect.arrayContaining(['files.read@company', 'files.write@company']))
})

test('a position is granted nothing that no contract knows, and nothing twice', () => {
  const known = new Set([...methods.map((method) => accessOf(method).permission), 'migration', 'orders.price'])
  for (const grants of Object.values(GRANTS)) {
    const names = grants.map((grant) => grant.split('@')[0] ?? '')
    expect(names.filter((name) => !known.has(name))).toEqual([])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  }
})
