import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { EAST, everything, openStage, ROOT, SHOP } from './stage.ts'

const stage = await openStage()
const { customers, leads, opportunities } = stage
const manager = await stage.someone([ROOT, EAST], everything('subtree'))
const migrant = await stage.someone([ROOT], [...everything('company'), 'migration@company'])
const HERE = [ROOT, EAST, SHOP]
const gone = stage.organization.person(HERE, '2026-01-01', true)
const ahead = stage.organization.person(HERE, '2026-03-11')

const aCustomer = (ownerId: string, who = manager) => customers.createCustomer({ name: newId(), ownerId }, who.as())

/** Every way to give something to somebody. */
const GIVING: Readonly<Record<string, (ownerId: string) => Promise<unknown>>> = {
  'a new customer': (ownerId) => aCustomer(ownerId),
  'a customer that is handed over': async (toPersonId) => {
    const { customerId } = await aCustomer(manager.id)
    return customers.handOverCustomer({ customerId, toPersonId, reason: 'x' }, manager.as())
  },
  'a new lead': (ownerId) => leads.createLead({ title: 'x', ownerId }, manager.as()),
  'a lead that is assigned': async (toPersonId) => {
    const { leadId } = await leads.createLead({ title: 'x' }, manager.as())
    return leads.assignLead({ leadId, toPersonId }, manager.as())
  },
  'a new opportunity': async (ownerId) => {
    const { customerId } = await aCustomer(manager.id)
    return opportunities.createOpportunity({ title: 'x', customerId, ownerId }, manager.as())
  },
}

describe.each(Object.entries(GIVING))('%s', (_, give) => {
  test.each([
    ['who has left', () => gone, 'owner_has_left'],
    ['who has not started', () => ahead, 'owner_not_started'],
    ['whom nobody knows', () => newId(), 'person_not_found'],
  ])('goes to nobody %s', async (__, whom, code) => {
    await expect(give(whom())).rejects.toMatchObject({ code })
  })

  test('goes to nobody who left a moment ago, when their seat is still remembered', async () => {
    const person = stage.organization.person(HERE, '2026-01-01')
    await give(person)
    stage.organization.leave(person, HERE)
    await expect(give(person)).rejects.toMatchObject({ code: 'owner_has_left' })
  })
})

test('the opportunity of a lead goes to nobody who has left since', async () => {
  const person = stage.organization.person(HERE, '2026-01-01')
  const { leadId } = await leads.createLead({ title: 'x', companyName: newId(), ownerId: person }, manager.as())
  await leads.contactLead({ leadId }, manager.as())
  await leads.qualifyLead({ leadId, man: { money: true, authority: true, need: true } }, manager.as())
  stage.organization.leave(person, HERE)
  await expect(leads.convertLead({ leadId, title: 'x' }, manager.as())).rejects.toMatchObject({
    code: 'owner_has_left',
  })
})

test('old records keep the owner of their day, though that one has left since', async () => {
  const old = { name: newId(), ownerId: gone, businessDate: '2026-01-05' }
  expect(await customers.createCustomer(old, migrant.as())).toMatchObject({ ownerId: gone })
})
