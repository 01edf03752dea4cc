import { Customer_Status } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { Lead_NextStep_Value, Lead_Status } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { Opportunity_Stage } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { describeWaysOut, wordFor } from '@saleswright/testing'
import { beforeAll, expect, test } from 'vitest'
import { TRANSITIONS as CUSTOMER, type Status as CustomerStatus } from '../src/customer/customer.ts'
import { TRANSITIONS as LEAD, type Status as LeadStatus } from '../src/lead/lead.ts'
import { TRANSITIONS as OPPORTUNITY, type Stage } from '../src/opportunity/opportunity.ts'
import { EAST, everything, openStage, ROOT, SHOP, WEST } from './stage.ts'

const stage = await openStage()
const { customers, leads, opportunities } = stage
const rep = await stage.someone([ROOT, EAST, SHOP], everything('self'))
const colleague = await stage.someone([ROOT, WEST], everything('self'))
const manager = await stage.someone([ROOT, EAST], everything('subtree'))

const listed = async (who: typeof rep, request = {}) =>
  (await leads.listLeads({ pageSize: 200, ...request }, who.as())).leads.map(({ leadId }) => leadId)
const aLead = async () => (await leads.createLead({ title: '展会来访' }, rep.as())).leadId

let pooled: string
beforeAll(async () => {
  pooled = await aLead()
  await leads.recycleLead({ leadId: pooled, reason: '无人跟进' }, rep.as())
})

test('R101: a recycled lead leaves the list of its owner and is in the pool that everybody sees', async () => {
  expect(await listed(rep)).not.toContain(pooled)
  for (const who of [rep, colleague, manager]) expect(await listed(who, { pooled: true })).toContain(pooled)
  const seen = await leads.getLead({ leadId: pooled }, colleague.as())
  expect(seen).toMatchObject({ status: 7, reason: '无人跟进' })
  expect(seen.ownerId).toBeUndefined()
  const told = await stage.told(pooled)
  expect(told.at(-1)).toMatchObject({ status: 'recycled', ownerId: '', unitId: SHOP })
})

test('R101: who let it go waits, and a colleague claims it', async () => {
  await expect(leads.claimLead({ leadId: pooled }, rep.as())).rejects.toMatchObject({
    code: 'lead_cooling_down',
    params: { until: '2026-03-17' },
  })
  const claimed = await leads.claimLead({ leadId: pooled }, colleague.as())
  expect(claimed).toMatchObject({ status: 2, ownerId: colleague.id, unitId: WEST })
  expect(await listed(colleague)).toContain(pooled)
  expect(await listed(rep, { pooled: true })).not.toContain(pooled)
  await expect(leads.claimLead({ leadId: pooled }, rep.as())).rejects.toMatchObject({ code: 'lead_not_found' })
})

test('of two who claim a lead at once one gets it', async () => {
  const leadId = await aLead()
  await leads.recycleLead({ leadId, reason: 'x' }, rep.as())
  const others = [colleague, manager]
  const claims = await Promise.allSettled(others.map((who) => leads.claimLead({ leadId }, who.as())))
  expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a lead of a list is no lead of the pool', async () => {
  const leadId = await aLead()
  await expect(leads.claimLead({ leadId }, rep.as())).rejects.toMatchObject({ code: 'lead_not_pooled' })
  await expect(leads.claimLead({ leadId }, colleague.as())).rejects.toMatchObject({ code: 'lead_not_found' })
  expect(await listed(colleague, { pooled: true })).not.toContain(leadId)
})

test('somebody whose hands are full claims nothing', async () => {
  const busy = await stage.someone([ROOT, WEST], everything('self'))
  const leadId = await aLead()
  await leads.recycleLead({ leadId, reason: 'x' }, rep.as())
  for (let count = 0; count < 100; count += 1) await leads.createLead({ title: `x${count}` }, busy.as())
  await expect(leads.claimLead({ leadId }, busy.as())).rejects.toMatchObject({
    code: 'lead_capacity_reached',
    params: { capacity: '100' },
  })
})

test.each([
  [
    'R88: where the need is to be aroused',
    Lead_NextStep_Value.AROUSE_NEED,
    { money: true, authority: true, need: false },
  ],
  [
    'R89: whose decision maker is to be found',
    Lead_NextStep_Value.FIND_DECISION_MAKER,
    { money: true, authority: false, need: true },
  ],
  [
    'R90: whose credit is to be checked',
    Lead_NextStep_Value.CHECK_CREDIT,
    { money: false, authority: true, need: true },
  ],
])('%s are a list of their own', async (_, nextStep, man) => {
  const judged = async (of: object) => {
    const { leadId } = await leads.createLead({ title: '展会来访' }, manager.as())
    await leads.contactLead({ leadId }, manager.as())
    return leads.qualifyLead({ leadId, man: of }, manager.as())
  }
  const [lead] = [await judged(man), await judged({ money: true, authority: true, need: true })]
  const { leads: listed } = await leads.listLeads({ nextStep, ownerId: manager.id }, manager.as())
  expect(listed.map(({ leadId }) => leadId)).toEqual([lead.leadId])
})

const then = async (id: string, ...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  for (const step of steps) await step(id)
  return id
}
const contact = (leadId: string) => leads.contactLead({ leadId }, rep.as())
const judge =
  (man: { readonly money: boolean; readonly authority: boolean; readonly need: boolean }) => (leadId: string) =>
    leads.qualifyLead({ leadId, man }, rep.as())
const NONE = { money: false, authority: false, need: false }
const qualify = judge({ money: true, authority: true, need: true })
let companies = 0
const aCustomer = async () => (await customers.createCustomer({ name: `Walked ${++companies}` }, rep.as())).customerId
const convert = async (leadId: string) =>
  leads.convertLead({ leadId, title: '商机', customerId: await aCustomer() }, rep.as())
const recycle = (leadId: string) => leads.recycleLead({ leadId, reason: '无人跟进' }, rep.as())
const give = (leadId: string) => leads.assignLead({ leadId, toPersonId: rep.id }, manager.as())

describeWaysOut<LeadStatus>('lead', LEAD, {
  ends: ['converted', 'disqualified'],
  into: {
    new: aLead,
    assigned: async () => then(await aLead(), give),
    contacted: async () => then(await aLead(), contact),
    qualified: async () => then(await aLead(), contact, qualify),
    nurturing: async () => then(await aLead(), contact, judge({ ...NONE, need: true })),
    disqualified: async () => then(await aLead(), contact, judge(NONE)),
    recycled: async () => then(await aLead(), recycle),
    converted: async () => then(await aLead(), contact, qualify, convert),
  },
  out: {
    new: give,
    assigned: contact,
    contacted: qualify,
    qualified: convert,
    nurturing: give,
    recycled: give,
  },
  statusOf: async (leadId) => wordFor(Lead_Status, (await leads.getLead({ leadId }, rep.as())).status),
})

const opened = async () => {
  const opportunity = { title: '商机', customerId: await aCustomer() }
  return (await opportunities.createOpportunity(opportunity, rep.as())).opportunityId
}
const advance =
  (to: Opportunity_Stage, more: object = {}) =>
  (opportunityId: string) =>
    opportunities.advanceOpportunity({ opportunityId, stage: to, ...more }, rep.as())
const confirm = advance(Opportunity_Stage.REQUIREMENT_CONFIRMED, { requirement: '每月 20 台' })
const { SOLUTION, QUOTED, NEGOTIATION, ON_HOLD, DISCOVERY } = Opportunity_Stage
const confirmed = async () => then(await opened(), confirm)
const win = (opportunityId: string) =>
  opportunities.winOpportunity({ opportunityId, wonValue: { currencyCode: 'CNY', amount: '1.00' } }, rep.as())
const lose = (opportunityId: string) => opportunities.loseOpportunity({ opportunityId, reason: '价格' }, rep.as())

describeWaysOut<Stage>('opportunity', OPPORTUNITY, {
  ends: ['won', 'lost'],
  into: {
    discovery: opened,
    requirement_confirmed: confirmed,
    solution: async () => then(await confirmed(), advance(SOLUTION)),
    quoted: async () => then(await confirmed(), advance(QUOTED)),
    negotiation: async () => then(await confirmed(), advance(NEGOTIATION)),
    on_hold: async () => then(await opened(), advance(ON_HOLD)),
    won: async () => then(await confirmed(), advance(QUOTED), win),
    lost: async () => then(await opened(), lose),
  },
  out: {
    discovery: confirm,
    requirement_confirmed: advance(SOLUTION),
    solution: advance(QUOTED),
    quoted: advance(NEGOTIATION),
    negotiation: win,
    on_hold: advance(DISCOVERY),
  },
  statusOf: async (opportunityId) =>
    wordFor(Opportunity_Stage, (await opportunities.getOpportunity({ opportunityId }, rep.as())).stage),
})

const become = (status: Customer_Status) => (customerId: string) =>
  customers.updateCustomer({ customerId, status }, rep.as())
const { ACTIVE, AT_RISK, LAPSED, RECALLED } = Customer_Status

// A customer who buys no more is the end of the table, from which they may be won back.
describeWaysOut<CustomerStatus>('customer', CUSTOMER, {
  ends: ['lapsed'],
  into: {
    potential: aCustomer,
    active: async () => then(await aCustomer(), become(ACTIVE)),
    at_risk: async () => then(await aCustomer(), become(ACTIVE), become(AT_RISK)),
    lapsed: async () => then(await aCustomer(), become(LAPSED)),
    recalled: async () => then(await aCustomer(), become(LAPSED), become(RECALLED)),
  },
  out: {
    potential: become(ACTIVE),
    active: become(AT_RISK),
    at_risk: become(LAPSED),
    recalled: become(LAPSED),
  },
  statusOf: async (customerId) =>
    wordFor(Customer_Status, (await customers.getCustomer({ customerId }, rep.as())).status),
})
