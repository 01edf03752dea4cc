import { instant } from '@saleswright/contracts'
import { Approval_Status } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import {
  PartnerApplication_Status,
  PartnerApplicationService,
} from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { Person_Status } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { describeWaysOut, wordFor } from '@saleswright/testing'
import { afterAll } from 'vitest'
import { TRANSITIONS as APPROVAL, type Status as ApprovalStatus } from '../src/approval/approval.ts'
import {
  TRANSITIONS as APPLICATION,
  type Status as ApplicationStatus,
} from '../src/partner-application/partner-application.ts'
import { TRANSITIONS as PERSON, type Status as PersonStatus } from '../src/person/person.ts'
import { aSalesCompany } from './sales-company.ts'

const company = await aSalesCompany(afterAll)
const { hosted, approvals, authority, need, rule, as, create, titles, team, seller, people, person } = company
const [manager, requester, root] = [await as('manager'), await as('seller'), await as('root')]
await rule(titles.manager)

const then = async (id: string, ...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  for (const step of steps) await step(id)
  return id
}

const asked = new Map<string, object>()
const ask = async (changes: object) => {
  const id = await need(seller, '900.00', changes)
  asked.set(id, changes)
  return id
}
/** Later, about the same content: the same case. */
const LATER = instant(new Date('2026-03-02T03:00:00Z'))
const askAgain = (approvalId: string) => ask({ ...asked.get(approvalId), neededAt: LATER })
const pending = () => ask({ subject: `orders/${newId()}` })
let classes = 0
/** Of a class that nobody has the authority for. */
const unroutable = () => ask({ subject: `orders/${newId()}`, class: `of_${'x'.repeat(++classes)}` })
const approve = (approvalId: string) => approvals.approve({ approvalId, comment: '同意' }, manager)
const reject = (approvalId: string) => approvals.reject({ approvalId, comment: '不同意' }, manager)
const giveBack = (approvalId: string) => approvals.return({ approvalId, comment: '请补充' }, manager)
const takeBack = (approvalId: string) => approvals.withdraw({ approvalId }, requester)
const give = async (approvalId: string) => {
  const { class: name } = await approvals.getApproval({ approvalId }, root)
  await authority.createAuthorityRule({ class: name, positionId: titles.manager, from: '2026-01-01' }, create())
  await hosted.drained()
}

describeWaysOut<ApprovalStatus>('approval', APPROVAL, {
  ends: ['approved', 'rejected'],
  into: {
    pending,
    unroutable,
    returned: async () => then(await pending(), giveBack),
    withdrawn: async () => then(await pending(), takeBack),
    approved: async () => then(await pending(), approve),
    rejected: async () => then(await pending(), reject),
  },
  out: { pending: approve, unroutable: give, returned: askAgain, withdrawn: askAgain },
  statusOf: async (approvalId) => wordFor(Approval_Status, (await approvals.getApproval({ approvalId }, root)).status),
})

const hired = () => person(`离职者 ${newId()}`, { orgUnitId: team, positionId: titles.seller })
const leave = (personId: string) => people.leavePerson({ personId, on: '2026-03-02' }, create())

describeWaysOut<PersonStatus>('person', PERSON, {
  ends: ['left'],
  into: { active: hired, left: async () => then(await hired(), leave) },
  out: { active: leave },
  statusOf: async (personId) => wordFor(Person_Status, (await people.getPerson({ personId }, root)).status),
})

const applications = client(PartnerApplicationService, hosted.transportOf(PartnerApplicationService))
const registered = async () => {
  const made = await applications.createPartnerApplication({ partnerId: newId(), name: 'ERP' }, create())
  return made.application?.partnerApplicationId ?? ''
}
const disable = (partnerApplicationId: string) =>
  applications.disablePartnerApplication({ partnerApplicationId }, create())

describeWaysOut<ApplicationStatus>('partner application', APPLICATION, {
  ends: ['disabled'],
  into: { active: registered, disabled: async () => then(await registered(), disable) },
  out: { active: disable },
  statusOf: async (partnerApplicationId) =>
    wordFor(
      PartnerApplication_Status,
      (await applications.getPartnerApplication({ partnerApplicationId }, root)).status,
    ),
})
