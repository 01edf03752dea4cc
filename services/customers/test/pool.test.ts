import { Lead_NextStep_Value } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { beforeAll, expect, test } from 'vitest'
import { EAST, everything, openStage, ROOT, SHOP, WEST } from './stage.ts'

const stage = await openStage()
const { leads } = stage
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
