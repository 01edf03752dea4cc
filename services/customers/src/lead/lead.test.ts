import { newId } from '@saleswright/kernel'
import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { anIntake, aPlace } from '../../test/records.ts'
import {
  assign,
  contact,
  convert,
  enter,
  type Lead,
  place,
  qualify,
  recycle,
  type Status,
  TRANSITIONS,
} from './lead.ts'
import { judge } from './man.ts'

const ALL = judge({ money: true, authority: true, need: true })
const NONE = judge({ money: false, authority: false, need: false })
const aLead = (changes: Partial<Lead> = {}): Lead => ({
  ...enter(anIntake(), { title: '展会来访', companyName: '金桥' }).next,
  ...changes,
})

describe('a lead', () => {
  test('begins as new and tells whose it is', () => {
    const { next, events } = enter(anIntake(), { title: 'x' })
    expect(events).toMatchObject([{ leadId: next.id, status: 'new', ownerId: next.ownerId, orgPath: next.orgPath }])
  })

  test('R100: is assigned to one person by name, and may be given to another', () => {
    const [first, second] = [aPlace(), aPlace()]
    const assigned = assign(aLead(), first).next
    expect(assigned).toMatchObject({ status: 'assigned', ownerId: first.ownerId })
    expect(assign(assigned, first).events).toEqual([])
    expect(assign(assigned, second).next.ownerId).toBe(second.ownerId)
  })

  test('R101: goes back to the pool with a reason, which goes when somebody takes it', () => {
    const recycled = recycle(aLead(), '无人跟进').next
    expect(recycle(recycled, '无人跟进').events).toEqual([])
    expect(assign(recycled, aPlace()).next.reason).toBeUndefined()
  })

  test('a repeated first talk says nothing, one on another day is refused', () => {
    const contacted = contact(aLead(), '2026-03-02').next
    expect(contact(contacted, '2026-03-02').events).toEqual([])
    expect(() => contact(contacted, '2026-03-03')).toThrow(expect.objectContaining({ code: 'lead_is_contacted' }))
  })

  test('a judgement that is repeated says nothing', () => {
    const judged = qualify(aLead({ status: 'contacted' }), ALL).next
    expect(judged).toMatchObject({ status: 'qualified', nextStep: 'sell', man: ALL.man })
    expect(qualify(judged, ALL).events).toEqual([])
  })

  test('a judgement by other facts is told, though the next step is the same, or refused', () => {
    const needs = judge({ ...NONE.man, need: true })
    const pays = judge({ ...NONE.man, money: true })
    const nurturing = qualify(aLead({ status: 'contacted' }), needs).next
    expect(() => qualify(nurturing, pays)).toThrow(expect.objectContaining({ code: 'lead_is_nurturing' }))
  })

  test('moves with its customer', () => {
    const to = aPlace()
    expect(place(aLead(), to).events).toMatchObject([{ status: 'new', ownerId: to.ownerId }])
  })
})

describeTransitions<Status, Lead>(
  'lead',
  TRANSITIONS,
  {
    assigned: (lead) => assign(lead, aPlace()),
    contacted: (lead) => contact(lead, '2026-03-02'),
    qualified: (lead) => qualify(lead, ALL),
    nurturing: (lead) => qualify(lead, judge({ ...NONE.man, need: true })),
    disqualified: (lead) => qualify(lead, NONE),
    converted: (lead) => convert(lead, newId()),
    recycled: (lead) => recycle(lead, 'x'),
  },
  { first: 'new', build: ({ status }) => aLead({ status }) },
)
