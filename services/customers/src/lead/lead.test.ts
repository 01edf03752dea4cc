import { newId } from '@saleswright/kernel'
import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { anIntake, aPlace } from '../../test/records.ts'
import {
  assign,
  claim,
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

const GONE = { reason: '无人跟进', on: '2026-03-02' } as const
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

  test('that is recycled belongs to nobody until somebody takes it', () => {
    const lead = aLead()
    const recycled = recycle(lead, GONE).next
    expect(recycled).toMatchObject({ ownerId: '', formerOwnerId: lead.ownerId, recycledOn: '2026-03-02' })
    expect(recycle(recycled, { ...GONE, on: '2026-03-04' }).events).toEqual([])
    const { next } = assign(recycled, aPlace())
    expect([next.reason, next.formerOwnerId, next.recycledOn]).toEqual([undefined, undefined, undefined])
  })

  test('is claimed by others at once, and by who let it go after the days of rest', () => {
    const lead = aLead()
    const recycled = recycle(lead, GONE).next
    const [former, other] = [{ ...aPlace(), ownerId: lead.ownerId }, aPlace()]
    const rules = { today: '2026-03-08', coolDownDays: 7, capacity: 3, held: 2 }
    expect(claim(recycled, other, rules).next).toMatchObject({ status: 'assigned', ownerId: other.ownerId })
    expect(() => claim(recycled, former, rules)).toThrow(
      expect.objectContaining({ code: 'lead_cooling_down', params: { until: '2026-03-09' } }),
    )
    expect(claim(recycled, former, { ...rules, today: '2026-03-09' }).next.ownerId).toBe(former.ownerId)
  })

  test('is claimed by nobody who holds as many as they may, and never out of a list', () => {
    const rules = { today: '2026-03-08', coolDownDays: 7, capacity: 3, held: 3 }
    const refusal = expect.objectContaining({ code: 'lead_capacity_reached', params: { capacity: '3' } })
    expect(() => claim(recycle(aLead(), GONE).next, aPlace(), rules)).toThrow(refusal)
    expect(() => claim(aLead(), aPlace(), { ...rules, held: 0 })).toThrow(
      expect.objectContaining({ code: 'lead_not_pooled' }),
    )
  })

  test('whose judgement lacks an answer stays where it is, and asks for it', () => {
    const contacted = aLead({ status: 'contacted' })
    const { next, events } = qualify(contacted, judge({ money: true, need: false }))
    expect(next).toMatchObject({ status: 'contacted', nextStep: 'ask', man: { money: true, need: false } })
    expect(events).toHaveLength(1)
    expect(qualify(next, judge({ money: true, need: false })).events).toEqual([])
    expect(qualify(next, judge({ ...next.man, authority: true })).next).toMatchObject({
      status: 'qualified',
      nextStep: 'arouse_need',
    })
    expect(() => qualify(aLead(), judge({ money: true }))).toThrow(expect.objectContaining({ code: 'lead_is_new' }))
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
    recycled: (lead) => recycle(lead, GONE),
  },
  { first: 'new', build: ({ status }) => aLead({ status }) },
)
