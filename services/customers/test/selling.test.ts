import { Opportunity_Stage } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { newId } from '@saleswright/kernel'
import { connectStore } from '@saleswright/store'
import { describe, expect, test } from 'vitest'
import { EAST, everything, openStage, ROOT, SHOP, WEST } from './stage.ts'

const stage = await openStage()
const { customers, leads, opportunities } = stage
const admin = await stage.someone([ROOT], [...everything('company'), 'migration@company'])
const manager = await stage.someone([ROOT, EAST], everything('subtree'))
const rep = await stage.someone([ROOT, EAST, SHOP], everything('self'))
const stranger = await stage.someone([ROOT, WEST], everything('subtree'))
const { customerId } = await customers.createCustomer({ name: 'Gekko & Co' }, admin.as())

const usd = (amount: string) => ({ currencyCode: 'USD', amount })
const anOpportunity = (more: object = {}, who = rep) =>
  opportunities.createOpportunity({ title: 'GTX', customerId, ...more }, who.as())

describe('opportunities', () => {
  test('anybody may sell to any customer of the company, and owns what they sell', async () => {
    const made = await anOpportunity({ expectedValue: usd('550.00'), sku: 'GTX' })
    expect(made).toMatchObject({
      ownerId: rep.id,
      unitId: SHOP,
      stage: Opportunity_Stage.DISCOVERY,
      businessDate: '2026-03-10',
    })
    await expect(customers.getCustomer({ customerId }, rep.as())).rejects.toMatchObject({ kind: 'not_found' })
    await expect(anOpportunity({ customerId: newId() })).rejects.toMatchObject({ code: 'customer_not_found' })
    await expect(
      opportunities.getOpportunity({ opportunityId: made.opportunityId }, stranger.as()),
    ).rejects.toMatchObject({ code: 'opportunity_not_found' })
  })

  test('R108, R116: go from the first talk over solution, quote and negotiation to the sale, and each step is told', async () => {
    const { opportunityId } = await anOpportunity()
    const advance = (to: Opportunity_Stage, more: object = {}) =>
      opportunities.advanceOpportunity({ opportunityId, stage: to, ...more }, rep.as())
    await expect(advance(Opportunity_Stage.QUOTED)).rejects.toMatchObject({ code: 'opportunity_is_discovery' })
    await expect(advance(Opportunity_Stage.REQUIREMENT_CONFIRMED)).rejects.toMatchObject({
      code: 'requirement_needed',
      violations: [{ field: 'requirement' }],
    })
    const requirement = '每月 20 台'
    const confirmed = await advance(Opportunity_Stage.REQUIREMENT_CONFIRMED, { requirement })
    expect(confirmed).toMatchObject({ requirement })
    await advance(Opportunity_Stage.REQUIREMENT_CONFIRMED)
    await advance(Opportunity_Stage.SOLUTION)
    await advance(Opportunity_Stage.QUOTED)
    await advance(Opportunity_Stage.NEGOTIATION)
    await advance(Opportunity_Stage.QUOTED)
    await advance(Opportunity_Stage.NEGOTIATION)
    await expect(advance(Opportunity_Stage.WON)).rejects.toMatchObject({ code: 'open_stage_needed' })
    const won = await opportunities.winOpportunity({ opportunityId, wonValue: usd('1054.00') }, rep.as())
    expect(won).toMatchObject({
      stage: Opportunity_Stage.WON,
      closedOn: '2026-03-10',
      wonValue: usd('1054.00'),
      etag: '8',
    })
    expect(await opportunities.winOpportunity({ opportunityId, wonValue: usd('1054.00') }, rep.as())).toEqual(won)
    await expect(opportunities.winOpportunity({ opportunityId, wonValue: usd('1') }, rep.as())).rejects.toMatchObject({
      code: 'opportunity_is_won',
    })
    expect(await stage.told(opportunityId)).toMatchObject([
      { stage: 'discovery', aggregateVersion: 1 },
      { stage: 'requirement_confirmed' },
      { stage: 'solution' },
      { stage: 'quoted' },
      { stage: 'negotiation' },
      { stage: 'quoted' },
      { stage: 'negotiation' },
      { $typeName: 'saleswright.customers.v1.OpportunityWon', aggregateVersion: 8, wonValue: usd('1054.00') },
    ])
  })

  test('decision 14: one that begins with discovery is no migrated one, whoever says so', async () => {
    const { opportunityId } = await anOpportunity({ stage: Opportunity_Stage.DISCOVERY })
    const connection = await connectStore(stage.mongo)
    const rows = connection.useDb('customers').collection<{ _id: string; origin: string }>('opportunities')
    expect(await rows.findOne({ _id: opportunityId })).toMatchObject({ origin: 'entered' })
    await connection.close()
  })

  test('are lost with a reason', async () => {
    const { opportunityId } = await anOpportunity({ businessDate: '2026-03-08' })
    const lost = await opportunities.loseOpportunity({ opportunityId, reason: '价格', on: '2026-03-09' }, rep.as())
    expect(lost).toMatchObject({ stage: Opportunity_Stage.LOST, lostReason: '价格', closedOn: '2026-03-09' })
    await expect(opportunities.loseOpportunity({ opportunityId, reason: '' }, rep.as())).rejects.toMatchObject({
      kind: 'invalid',
    })
    const other = await anOpportunity()
    await expect(
      opportunities.loseOpportunity({ opportunityId: other.opportunityId, reason: 'x', on: '2026-01-02' }, rep.as()),
    ).rejects.toMatchObject({ code: 'business_date_too_early' })
  })

  test('the first one won makes the customer active', async () => {
    const made = await customers.createCustomer({ name: 'Isdom' }, rep.as())
    const { opportunityId } = await anOpportunity({ customerId: made.customerId })
    const win = () => opportunities.winOpportunity({ opportunityId, wonValue: usd('1.00') }, rep.as())
    await expect(win()).rejects.toMatchObject({ code: 'opportunity_is_discovery' })
    const confirmed = { stage: Opportunity_Stage.REQUIREMENT_CONFIRMED, requirement: '20 台' }
    for (const next of [confirmed, { stage: Opportunity_Stage.QUOTED }]) {
      await opportunities.advanceOpportunity({ opportunityId, ...next }, rep.as())
    }
    await win()
    await stage.hosted.drained()
    expect(await customers.getCustomer({ customerId: made.customerId }, rep.as())).toMatchObject({
      status: 2,
      etag: '2',
    })
  })

  test('one that was won before it came here tells its opening and its end', async () => {
    const sale = {
      stage: Opportunity_Stage.WON,
      wonValue: usd('1054'),
      engagedOn: '2016-10-20',
      closedOn: '2017-03-01',
    }
    const externalRef = { system: 'crm', id: '1C1I7A6R' }
    const more = { ...sale, ownerId: rep.id, businessDate: '2026-03-01', recordedFor: rep.id, externalRef, sku: 'GTX' }
    const made = await anOpportunity(more, admin)
    expect(made).toMatchObject({
      stage: Opportunity_Stage.WON,
      ownerId: rep.id,
      closedOn: '2017-03-01',
      etag: '2',
      externalRef,
    })
    expect(await stage.told(made.opportunityId)).toMatchObject([
      { aggregateVersion: 1, stage: 'discovery', engagedOn: '2016-10-20', sku: 'GTX', orgPath: [ROOT, EAST, SHOP] },
      { aggregateVersion: 2, wonValue: usd('1054.00'), closedOn: '2017-03-01', businessDate: '2026-03-01' },
    ])
    await expect(anOpportunity(more, admin)).rejects.toMatchObject({
      code: 'external_ref_exists',
      params: { id: made.opportunityId },
    })
    const { opportunities: found } = await opportunities.listOpportunities({ externalId: '1C1I7A6R' }, admin.as())
    expect(found).toEqual([made])
  })

  test('one that was lost before needs no reason, an open one keeps its stage, a missing day stays missing', async () => {
    const lost = await anOpportunity({ stage: Opportunity_Stage.LOST, engagedOn: '2017-01-01' }, admin)
    expect(lost.closedOn).toBeUndefined()
    expect((await stage.told(lost.opportunityId)).at(-1)).toMatchObject({ reason: '' })
    const open = await anOpportunity({ stage: Opportunity_Stage.REQUIREMENT_CONFIRMED }, admin)
    expect(open).toMatchObject({ stage: Opportunity_Stage.REQUIREMENT_CONFIRMED, etag: '1' })
    expect(open.engagedOn).toBeUndefined()
  })

  test.each([
    [
      'another stage without the right to migrate',
      { stage: Opportunity_Stage.WON },
      'opportunity_stage_needs_migration',
      rep,
    ],
    ['an end without the right to migrate', { closedOn: '2026-03-09' }, 'opportunity_stage_needs_migration', rep],
    ['won without a value', { stage: Opportunity_Stage.WON }, 'won_value_needed', admin],
    ['an end of an open one', { closedOn: '2017-03-01' }, 'opportunity_end_without_stage', admin],
    [
      'a reason for a sale',
      { stage: Opportunity_Stage.WON, wonValue: usd('1'), lostReason: 'x' },
      'opportunity_end_without_stage',
      admin,
    ],
    [
      'an end that is yet to come',
      { stage: Opportunity_Stage.LOST, closedOn: '2199-12-31' },
      'business_date_in_future',
      admin,
    ],
    [
      'an end before the beginning',
      { stage: Opportunity_Stage.LOST, engagedOn: '2017-03-02', closedOn: '2017-03-01' },
      'closed_before_engaged',
      admin,
    ],
    ['a beginning that is yet to come', { engagedOn: '2026-03-11' }, 'business_date_in_future', rep],
    ['a day that is none', { engagedOn: '2017-02-30' }, 'bad_date', rep],
    ['a value below zero', { expectedValue: usd('-1') }, 'invalid_request', rep],
    ['an amount that is none', { expectedValue: usd('1.001') }, 'bad_amount', rep],
  ])('%s is refused', async (_, more, code, who) => {
    await expect(anOpportunity(more, who)).rejects.toMatchObject({ code })
  })
})

describe('leads', () => {
  const aLead = (more: object = {}, who = rep) => leads.createLead({ title: '展会来访', ...more }, who.as())

  test('R86, R100: are assigned, talked to, judged and become an opportunity with a customer on file', async () => {
    const { leadId } = await aLead({ companyName: 'Initech', sku: 'GTX', expectedValue: usd('10.00') }, manager)
    await expect(leads.assignLead({ leadId, toPersonId: stranger.id }, manager.as())).rejects.toMatchObject({
      code: 'not_your_unit',
    })
    expect(await leads.assignLead({ leadId, toPersonId: rep.id }, manager.as())).toMatchObject({ ownerId: rep.id })
    await expect(leads.qualifyLead({ leadId, man: { need: true } }, rep.as())).rejects.toMatchObject({
      code: 'lead_is_assigned',
    })
    expect(await leads.contactLead({ leadId }, rep.as())).toMatchObject({ contactedOn: '2026-03-10' })
    const man = { money: true, authority: false, need: true }
    const judged = await leads.qualifyLead({ leadId, man }, rep.as())
    expect(judged).toMatchObject({ status: 4, nextStep: 3, man })
    const converted = await leads.convertLead({ leadId, title: 'Initech GTX' }, rep.as())
    expect(converted.lead).toMatchObject({ status: 5, opportunityId: converted.opportunityId })
    const opportunity = await opportunities.getOpportunity({ opportunityId: converted.opportunityId }, rep.as())
    expect(opportunity).toMatchObject({ sku: 'GTX', expectedValue: usd('10.00'), customerId: converted.customerId })
    expect(await customers.getCustomer({ customerId: converted.customerId }, rep.as())).toMatchObject({
      name: 'Initech',
    })
    expect((await stage.told(leadId)).map((event) => 'status' in event && event.status)).toEqual([
      'new',
      'assigned',
      'contacted',
      'qualified',
      'converted',
    ])
    await expect(leads.convertLead({ leadId, title: 'again' }, rep.as())).rejects.toMatchObject({
      code: 'lead_is_converted',
    })
  })

  test('whose company is on file already are converted with it, or not at all', async () => {
    const { leadId } = await aLead({ companyName: 'GEKKO' })
    await leads.contactLead({ leadId }, rep.as())
    await expect(leads.qualifyLead({ leadId }, rep.as())).rejects.toMatchObject({ code: 'man_needed' })
    const asked = await leads.qualifyLead({ leadId, man: { money: true } }, rep.as())
    expect(asked).toMatchObject({ status: 3, nextStep: 7, man: { money: true } })
    expect(asked.man?.need).toBeUndefined()
    expect(await leads.qualifyLead({ leadId, man: { authority: true, need: true } }, rep.as())).toMatchObject({
      status: 4,
      nextStep: 1,
    })
    await expect(leads.convertLead({ leadId, title: 'x' }, rep.as())).rejects.toMatchObject({ code: 'customer_exists' })
    expect(await leads.getLead({ leadId }, rep.as())).toMatchObject({ status: 4 })
    expect(await leads.convertLead({ leadId, title: 'x', customerId }, rep.as())).toMatchObject({ customerId })
  })

  test('that a migration brings keep their status, and are listed by it', async () => {
    const externalRef = { system: 'crm', id: 'LEAD1' }
    const made = await aLead({ status: 3, contactedOn: '2016-12-01', externalRef, ownerId: rep.id }, admin)
    expect(made).toMatchObject({ status: 3, contactedOn: '2016-12-01', etag: '1' })
    const { leads: found } = await leads.listLeads({ status: 3, externalId: 'LEAD1' }, admin.as())
    expect(found).toEqual([made])
    await expect(aLead({ status: 3 })).rejects.toMatchObject({ code: 'lead_status_needs_migration' })
    await expect(aLead({ externalRef }, admin)).rejects.toMatchObject({ code: 'external_ref_exists' })
  })
})
