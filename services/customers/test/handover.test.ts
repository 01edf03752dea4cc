import { Opportunity_Stage } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { EAST, everything, openStage, ROOT, SHOP, WEST } from './stage.ts'

const stage = await openStage()
const { customers, contacts, leads, opportunities } = stage
const admin = await stage.someone([ROOT], everything('company'))
const manager = await stage.someone([ROOT, EAST], everything('subtree'))
const rep = await stage.someone([ROOT, EAST, SHOP], everything('self'))
const mate = await stage.someone([ROOT, EAST, SHOP], everything('team'))
const stranger = await stage.someone([ROOT, WEST], everything('subtree'))

let names = 0
const aName = () => `金桥${String.fromCodePoint(0x4e00 + names)}${++names}机电`
const aCustomer = () => customers.createCustomer({ name: aName() }, rep.as())

describe('handing over', () => {
  test('R137: a customer goes with its contacts, open leads, opportunities and credit evaluations; what is closed keeps its owner', async () => {
    const name = aName()
    const { customerId } = await customers.createCustomer({ name: `${name}有限公司` }, rep.as())
    const contact = await contacts.createContact({ customerId, name: '李雷' }, rep.as())
    const lead = await leads.createLead({ title: '询价', companyName: name }, rep.as())
    const [open, won] = await Promise.all(
      ['open', 'won'].map((title) => opportunities.createOpportunity({ title, customerId }, rep.as())),
    )
    const days = { validFrom: '2026-03-10', validUntil: '2027-03-10', grounds: '三年无逾期' }
    const requestedLimit = { currencyCode: 'CNY', amount: '1.00' }
    const asked = await stage.credit.createCreditEvaluation({ customerId, requestedLimit, ...days }, rep.as())
    const wonValue = { currencyCode: 'CNY', amount: '5.00' }
    const { opportunityId } = won!
    const confirmed = { stage: Opportunity_Stage.REQUIREMENT_CONFIRMED, requirement: '20 台' }
    for (const next of [confirmed, { stage: Opportunity_Stage.QUOTED }]) {
      await opportunities.advanceOpportunity({ opportunityId, ...next }, rep.as())
    }
    await opportunities.winOpportunity({ opportunityId, wonValue }, rep.as())
    await stage.hosted.drained()

    const key = newId()
    const request = { customerId, toPersonId: stranger.id, reason: '区域调整' }
    const moved = await customers.handOverCustomer(request, manager.as(key))
    expect(moved).toMatchObject({
      ownerId: stranger.id,
      unitId: WEST,
      handover: { fromPersonId: rep.id, reason: '区域调整', on: '2026-03-10' },
    })
    const mine = stranger.as
    expect(await contacts.getContact({ contactId: contact.contactId }, mine())).toMatchObject({ name: '李雷' })
    expect(await leads.getLead({ leadId: lead.leadId }, mine())).toMatchObject({ ownerId: stranger.id })
    expect(await opportunities.getOpportunity({ opportunityId: open!.opportunityId }, mine())).toMatchObject({
      ownerId: stranger.id,
      stage: open!.stage,
    })
    const { creditEvaluationId } = asked
    expect(await stage.credit.submitCreditEvaluation({ creditEvaluationId }, mine())).toMatchObject({
      requesterId: rep.id,
      status: 2,
    })
    const closed = await opportunities.getOpportunity({ opportunityId: won!.opportunityId }, rep.as())
    expect(closed.ownerId).toBe(rep.id)
    await expect(customers.getCustomer({ customerId }, manager.as())).rejects.toMatchObject({ kind: 'not_found' })
    expect((await stage.told(customerId)).slice(-2)).toMatchObject([
      { fromPersonId: rep.id, toPersonId: stranger.id, reason: '区域调整' },
      { ownerId: stranger.id, orgPath: [ROOT, WEST] },
    ])
    await expect(customers.handOverCustomer(request, admin.as())).rejects.toMatchObject({ code: 'handover_to_owner' })
  })

  test('R137: a customer waits until its new owner has taken it over', async () => {
    const { customerId } = await aCustomer()
    await customers.handOverCustomer({ customerId, toPersonId: mate.id, reason: '离职' }, manager.as())
    const waiting = async () => {
      const { customers: found } = await customers.listCustomers(
        { awaitingAcceptance: true, ownerId: mate.id },
        mate.as(),
      )
      return found.map((one) => one.customerId)
    }
    expect(await waiting()).toEqual([customerId])
    await expect(customers.acceptHandover({ customerId }, manager.as())).rejects.toMatchObject({
      code: 'handover_not_yours',
    })
    const accepted = await customers.acceptHandover({ customerId }, mate.as())
    expect(accepted.handover).toMatchObject({ fromPersonId: rep.id, acceptedOn: '2026-03-10' })
    expect(await waiting()).toEqual([])
    expect((await stage.told(customerId)).at(-1)).toMatchObject({ personId: mate.id, on: '2026-03-10' })
  })

  test('many open opportunities go in one transaction, slice by slice', async () => {
    const { customerId } = await aCustomer()
    const many = Array.from({ length: 450 }, (_, index) => `deal ${index}`)
    for (let start = 0; start < many.length; start += 50) {
      await Promise.all(
        many.slice(start, start + 50).map((title) => opportunities.createOpportunity({ title, customerId }, rep.as())),
      )
    }
    await customers.handOverCustomer({ customerId, toPersonId: mate.id, reason: '离职' }, manager.as())
    const { totalSize } = await opportunities.listOpportunities(
      { customerId, ownerId: mate.id, pageSize: 1, withTotal: true },
      admin.as(),
    )
    expect(totalSize).toBe(450)
  })
})
