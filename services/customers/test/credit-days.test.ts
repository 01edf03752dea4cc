import { create } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
  type ApprovalNeeded,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { CreditEvaluationService } from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { aClock, openSuite } from '@saleswright/testing'
import { expect, test } from 'vitest'
import { customers } from '../src/service.ts'
import { organizationOf } from './organization.ts'
import { everything } from './stage.ts'

const [COMPANY, ROOT] = [newId(), newId()]
// 04:00 UTC is noon in Shanghai; the next day begins there 12 hours later.
const time = aClock(new Date('2026-03-10T04:00:00Z'))
const organization = organizationOf(COMPANY, ROOT)
const suite = await openSuite([organization.definition, customers], { clock: time.clock })
const { hosted, serviceToken } = suite
const files = client(CustomerService, hosted.transportOf(CustomerService), serviceToken)
const credit = client(CreditEvaluationService, hosted.transportOf(CreditEvaluationService))
const { told } = suite.toldBy('customers')
// The first look of a job is where it begins.
await hosted.doDueJobs()

const approved = async (customerId: string, amount: string, [validFrom, validUntil]: [string, string]) => {
  const rep = await suite.caller({ sub: organization.seat([ROOT]), companyId: COMPANY, grants: everything('company') })
  const requestedLimit = { currencyCode: 'CNY', amount }
  const asked = { customerId, requestedLimit, validFrom, validUntil, grounds: '三年无逾期' }
  const { creditEvaluationId } = await credit.createCreditEvaluation(asked, rep.as())
  await credit.submitCreditEvaluation({ creditEvaluationId }, rep.as())
  const { caseId, subject, contentHash } = (await told(creditEvaluationId)).at(-1) as unknown as ApprovalNeeded
  const decision = { decision: ApprovalDecision_Verdict.APPROVED, deciderId: newId(), decidedAt: instant(new Date()) }
  return async () => {
    await organization.tell(
      create(ApprovalDecidedSchema, { caseId, subject, contentHash, companyId: COMPANY, ...decision }),
    )
    await hosted.drained()
  }
}

test('R240: a renewal leaves the limit in force until its own day begins where the company is, and is told then', async () => {
  const rep = await suite.caller({ sub: organization.seat([ROOT]), companyId: COMPANY, grants: everything('company') })
  const { customerId } = await files.createCustomer({ name: '金桥机电' }, rep.as())
  await (await approved(customerId, '100.00', ['2026-03-01', '2026-12-31']))()
  await (await approved(customerId, '300.00', ['2026-03-11', '2027-03-11']))()
  const limit = async () => (await files.lookUpCustomer({ companyId: COMPANY, customerId })).creditLimit?.amount
  const limitsTold = async () =>
    (await told(customerId)).flatMap((event) => ('limit' in event ? [(event.limit as { amount: string }).amount] : []))
  expect([await limit(), await limitsTold()]).toEqual(['100.00', ['100.00']])

  time.pass(13 * 3600)
  expect(await limit()).toBe('300.00')
  await hosted.doDueJobs()
  expect([await limit(), await limitsTold()]).toEqual(['300.00', ['100.00', '300.00']])
  time.pass(2 * 3600)
  await hosted.doDueJobs()
  expect(await limitsTold()).toEqual(['100.00', '300.00'])
})

test('R240: an approval that arrives when its days are over leaves the limit that is there', async () => {
  const rep = await suite.caller({ sub: organization.seat([ROOT]), companyId: COMPANY, grants: everything('company') })
  const { customerId } = await files.createCustomer({ name: '东方机电' }, rep.as())
  const late = await approved(customerId, '900.00', ['2026-03-01', '2026-03-14'])
  await (await approved(customerId, '100.00', ['2026-03-01', '2026-12-31']))()
  time.pass(4 * 86_400)
  await late()
  expect((await files.lookUpCustomer({ companyId: COMPANY, customerId })).creditLimit).toMatchObject({
    amount: '100.00',
  })
})
