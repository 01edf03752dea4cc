import { create, type Message } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
  type ApprovalNeeded,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { CreditEvaluation_Status } from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { OrgUnitChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { connectStore } from '@saleswright/store'
import { describeWaysOut, wordFor } from '@saleswright/testing'
import { mongo } from 'mongoose'
import { expect, test } from 'vitest'
import { type Status, TRANSITIONS } from '../src/credit/credit-evaluation.ts'
import { COMPANY, EAST, everything, NOW, openStage, ROOT, SHOP, WEST } from './stage.ts'

const stage = await openStage()
const { contacts, credit, customers, opportunities } = stage
const rep = await stage.someone([ROOT, EAST, SHOP], everything('self'))
const stranger = await stage.someone([ROOT, WEST], everything('subtree'))
const boss = newId()

let names = 0
const aCustomer = () => customers.createCustomer({ name: `Customer No ${++names}` }, rep.as())
const asked = (customerId: string, more: object = {}) => ({
  customerId,
  requestedLimit: { currencyCode: 'CNY', amount: '30000.00' },
  validFrom: '2026-03-10',
  validUntil: '2027-03-09',
  grounds: '三年无逾期',
  ...more,
})
const submitted = async () => {
  const { customerId } = await aCustomer()
  const { creditEvaluationId } = await credit.createCreditEvaluation(asked(customerId), rep.as())
  const pending = await credit.submitCreditEvaluation({ creditEvaluationId }, rep.as())
  const told = await stage.told(creditEvaluationId)
  return { customerId, creditEvaluationId, pending, need: told.at(-1) as unknown as ApprovalNeeded }
}
const decided = async (need: ApprovalNeeded, decision: ApprovalDecision_Verdict, more: object = {}) => {
  const { caseId, subject, contentHash } = need
  const event: Message = create(ApprovalDecidedSchema, {
    caseId,
    subject,
    contentHash,
    decision,
    companyId: COMPANY,
    deciderId: boss,
    comment: '同意',
    decidedAt: instant(NOW),
    ...more,
  })
  await stage.organization.tell(event)
  await stage.hosted.drained()
}

test('R240: an approved evaluation gives the customer its limit, once', async () => {
  const { customerId, creditEvaluationId, pending, need } = await submitted()
  expect(pending).toMatchObject({ status: 2, requesterId: rep.id, approvalId: need.caseId, etag: '3' })
  expect(need).toMatchObject({ class: 'credit_limit', unitId: SHOP, amount: { amount: '30000.00' } })
  expect(JSON.parse(need.snapshot)).toMatchObject({ customerId, grounds: '三年无逾期' })
  await decided(need, ApprovalDecision_Verdict.APPROVED)
  await decided(need, ApprovalDecision_Verdict.REJECTED)
  const evaluation = await credit.getCreditEvaluation({ creditEvaluationId }, rep.as())
  expect(evaluation).toMatchObject({ status: 3, decidedBy: boss, decisionComment: '同意' })
  expect(await customers.getCustomer({ customerId }, rep.as())).toMatchObject({
    creditLimit: { currencyCode: 'CNY', amount: '30000.00' },
    creditUntil: '2027-03-09',
  })
  expect((await stage.told(customerId)).slice(1)).toMatchObject([
    { $typeName: 'saleswright.customers.v1.CreditLimitSet', limit: { amount: '30000.00' }, validFrom: '2026-03-10' },
  ])
})

test('a limit that begins later is not shown before', async () => {
  const { customerId } = await aCustomer()
  const later = asked(customerId, { validFrom: '2026-03-11' })
  const { creditEvaluationId } = await credit.createCreditEvaluation(later, rep.as())
  await credit.submitCreditEvaluation({ creditEvaluationId }, rep.as())
  const need = (await stage.told(creditEvaluationId)).at(-1) as unknown as ApprovalNeeded
  await decided(need, ApprovalDecision_Verdict.APPROVED)
  expect((await stage.told(customerId)).at(-1)).toMatchObject({ validFrom: '2026-03-11' })
  const { creditLimit, creditUntil } = await customers.lookUpCustomer({ companyId: COMPANY, customerId })
  expect([creditLimit, creditUntil]).toEqual([undefined, undefined])
})

test('a decision about other content changes nothing; one that came back is asked for again as another case', async () => {
  const { customerId, creditEvaluationId, need } = await submitted()
  await decided(need, ApprovalDecision_Verdict.APPROVED, { contentHash: 'other' })
  expect(await credit.getCreditEvaluation({ creditEvaluationId }, rep.as())).toMatchObject({ status: 2 })
  await decided(need, ApprovalDecision_Verdict.RETURNED)
  const again = await credit.submitCreditEvaluation({ creditEvaluationId }, rep.as())
  expect(again).toMatchObject({ status: 2 })
  expect(again.approvalId).not.toBe(need.caseId)
  expect(again.decidedBy).toBeUndefined()
  await decided(need, ApprovalDecision_Verdict.APPROVED)
  expect(await credit.getCreditEvaluation({ creditEvaluationId }, rep.as())).toMatchObject({ status: 2 })
  expect((await customers.getCustomer({ customerId }, rep.as())).creditLimit).toBeUndefined()
})

test('who may not see a customer does not ask credit for it, nor in other money than the company counts in', async () => {
  const { customerId } = await aCustomer()
  await expect(credit.createCreditEvaluation(asked(customerId), stranger.as())).rejects.toMatchObject({
    code: 'customer_not_found',
  })
  const requestedLimit = { currencyCode: 'USD', amount: '1.00' }
  await expect(credit.createCreditEvaluation(asked(customerId, { requestedLimit }), rep.as())).rejects.toMatchObject({
    code: 'credit_in_other_currency',
  })
  const { creditEvaluationId } = await credit.createCreditEvaluation(asked(customerId), rep.as())
  const { creditEvaluations } = await credit.listCreditEvaluations({ customerId, status: 1 }, rep.as())
  expect(creditEvaluations).toMatchObject([{ creditEvaluationId }])
  expect((await credit.listCreditEvaluations({ customerId }, stranger.as())).creditEvaluations).toEqual([])
})

test('R150: what is personal of a contact is sealed in the store and in no event', async () => {
  const { customerId } = await aCustomer()
  const facts = { name: '韩梅梅', phone: '13812345678', email: 'han@example.com', title: '采购' }
  const key = newId()
  const { contactId, ...made } = await contacts.createContact({ customerId, ...facts }, rep.as(key))
  const changed = await contacts.updateContact({ contactId, phone: '13912345678', etag: '1' }, rep.as())
  expect(changed).toMatchObject({ ...facts, phone: '13912345678', etag: '2' })
  expect(await contacts.createContact({ customerId, ...facts }, rep.as(key))).toEqual({ contactId, ...made })
  await expect(contacts.createContact({ customerId, name: ' ' }, rep.as())).rejects.toMatchObject({
    violations: [{ field: 'name' }],
  })
  const { contacts: listed } = await contacts.listContacts({ customerId }, rep.as())
  expect(listed).toEqual([changed])
  await expect(contacts.getContact({ contactId }, stranger.as())).rejects.toMatchObject({ code: 'contact_not_found' })
  await expect(contacts.createContact({ customerId, name: 'x' }, stranger.as())).rejects.toMatchObject({
    code: 'customer_not_found',
  })

  await stage.hosted.drained()
  const connection = await connectStore(stage.mongo)
  const collections = await connection.useDb('customers').listCollections()
  expect(collections.map(({ name }) => name)).toEqual(expect.arrayContaining(['contacts', 'events', 'command_marks']))
  for (const { name } of collections) {
    const rows = await connection.useDb('customers').collection(name).find({}).toArray()
    const bytes = Buffer.from(mongo.BSON.serialize({ rows }))
    for (const personal of ['韩梅梅', '12345678', 'han@']) expect(bytes.includes(personal), name).toBe(false)
  }
  await connection.close()
})

test('a unit that moves takes along what is below it, but for what is closed', async () => {
  const { customerId } = await aCustomer()
  const made = await Promise.all(
    ['open', 'lost'].map((title) => opportunities.createOpportunity({ title, customerId }, rep.as())),
  )
  const [open, lost] = made.map(({ opportunityId }) => opportunityId) as [string, string]
  await opportunities.loseOpportunity({ opportunityId: lost, reason: 'x' }, rep.as())
  const { creditEvaluationId } = await credit.createCreditEvaluation(asked(customerId), rep.as())
  const see = (opportunityId: string) => opportunities.getOpportunity({ opportunityId }, stranger.as())
  await expect(see(open)).rejects.toMatchObject({ kind: 'not_found' })
  await stage.organization.tell(
    create(OrgUnitChangedSchema, { orgUnitId: SHOP, name: '门店', parentId: WEST, path: [ROOT, WEST, SHOP] }),
  )
  await stage.hosted.drained()
  expect(await see(open)).toMatchObject({ opportunityId: open })
  await expect(see(lost)).rejects.toMatchObject({ kind: 'not_found' })
  expect(await customers.getCustomer({ customerId }, stranger.as())).toMatchObject({ customerId })
  expect(await credit.getCreditEvaluation({ creditEvaluationId }, stranger.as())).toMatchObject({ requesterId: rep.id })
  expect((await stage.told(open)).at(-1)).toMatchObject({ orgPath: [ROOT, WEST, SHOP], stage: 'discovery' })
})

const submit = (creditEvaluationId: string) => credit.submitCreditEvaluation({ creditEvaluationId }, rep.as())
const decide = (decision: ApprovalDecision_Verdict) => async (creditEvaluationId: string) => {
  const told = await stage.told(creditEvaluationId)
  await decided(
    told.findLast(({ $typeName }) => $typeName.endsWith('ApprovalNeeded')) as unknown as ApprovalNeeded,
    decision,
  )
}
const { APPROVED, REJECTED, RETURNED } = ApprovalDecision_Verdict
const drafted = async (...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  const { customerId } = await aCustomer()
  const { creditEvaluationId } = await credit.createCreditEvaluation(asked(customerId), rep.as())
  for (const step of steps) await step(creditEvaluationId)
  return creditEvaluationId
}

describeWaysOut<Status>('credit evaluation', TRANSITIONS, {
  ends: ['approved', 'rejected'],
  into: {
    draft: () => drafted(),
    pending: () => drafted(submit),
    returned: () => drafted(submit, decide(RETURNED)),
    approved: () => drafted(submit, decide(APPROVED)),
    rejected: () => drafted(submit, decide(REJECTED)),
  },
  out: { draft: submit, pending: decide(APPROVED), returned: submit },
  statusOf: async (creditEvaluationId) =>
    wordFor(CreditEvaluation_Status, (await credit.getCreditEvaluation({ creditEvaluationId }, rep.as())).status),
})
