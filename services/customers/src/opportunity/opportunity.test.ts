import { newId } from '@saleswright/kernel'
import { describeTransitions } from '@saleswright/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anIntake, aPlace, yuan } from '../../test/records.ts'
import {
  advance,
  isOpen,
  lose,
  OPEN_STAGES,
  type Opportunity,
  place,
  type Stage,
  start,
  step,
  TRANSITIONS,
  win,
} from './opportunity.ts'

const anOpportunity = (changes: Partial<Opportunity> = {}): Opportunity => ({
  ...start(anIntake(), { title: 'GTX for Gekko', customerId: newId(), sku: 'GTX', expectedValue: yuan(100n) }).next,
  ...changes,
})

describe('an opportunity', () => {
  test('begins with discovery and tells its value', () => {
    const { next, events } = start(anIntake(), { title: 'x', customerId: newId(), expectedValue: yuan(150n) })
    expect(next.status).toBe('discovery')
    expect(events).toMatchObject([
      {
        $typeName: 'saleswright.customers.v1.OpportunityChanged',
        stage: 'discovery',
        expectedValue: { amount: '1.50' },
      },
    ])
  })

  test('R116: nothing is quoted before the requirement is confirmed', () => {
    expect(() => advance(anOpportunity(), 'quoted')).toThrow(
      expect.objectContaining({ code: 'opportunity_is_discovery' }),
    )
    const confirmed = advance(anOpportunity(), 'requirement_confirmed', '20 台').next
    expect(advance(confirmed, 'quoted').next).toMatchObject({ status: 'quoted', requirement: '20 台' })
  })

  test('R116: who confirms the requirement says what it is, and may say it anew', () => {
    const refused = expect.objectContaining({ code: 'requirement_needed' })
    expect(() => advance(anOpportunity(), 'requirement_confirmed')).toThrow(refused)
    const confirmed = advance(anOpportunity(), 'requirement_confirmed', '20 台').next
    expect(advance(confirmed, 'requirement_confirmed', '20 台').events).toEqual([])
    const anew = advance(confirmed, 'requirement_confirmed', '30 台')
    expect([anew.next.requirement, anew.events.length]).toEqual(['30 台', 1])
    expect(() => advance(confirmed, 'solution', '40 台')).toThrow(
      expect.objectContaining({
        code: 'requirement_without_stage',
        violations: [expect.objectContaining({ field: 'requirement' })],
      }),
    )
    const back = advance(advance(confirmed, 'on_hold').next, 'requirement_confirmed')
    expect(back.next).toMatchObject({ status: 'requirement_confirmed', requirement: '20 台' })
  })

  test('stays where it is without a word', () => {
    expect(advance(anOpportunity(), 'discovery').events).toEqual([])
  })

  test('goes on from hold where it stood, and nowhere else', () => {
    const held = advance(anOpportunity({ status: 'quoted' }), 'on_hold').next
    expect(() => advance(held, 'negotiation')).toThrow(expect.objectContaining({ code: 'opportunity_held_elsewhere' }))
    const resumed = advance(held, 'quoted').next
    expect(resumed.status).toBe('quoted')
    expect(resumed.heldFrom).toBeUndefined()
  })

  test('is won for a value on a day, once', () => {
    const { next, events } = win(anOpportunity({ status: 'quoted' }), { value: yuan(90n), on: '2026-03-05' })
    expect(next).toMatchObject({ status: 'won', wonValue: yuan(90n), closedOn: '2026-03-05' })
    expect(events).toMatchObject([{ wonValue: { amount: '0.90' }, closedOn: '2026-03-05', businessDate: '2026-03-01' }])
    expect(win(next, { value: yuan(90n) }).events).toEqual([])
    expect(() => win(next, { value: yuan(91n) })).toThrow(expect.objectContaining({ code: 'opportunity_is_won' }))
    expect(() => win(next, { value: { currency: 'USD', minor: 90n } })).toThrow()
    expect(() => win(next, { value: yuan(90n), on: '2026-03-06' })).toThrow()
  })

  test('is lost for a reason, once', () => {
    const { next, events } = lose(anOpportunity(), { reason: '价格', on: '2026-03-05' })
    expect(events).toMatchObject([{ reason: '价格', closedOn: '2026-03-05', expectedValue: { amount: '1.00' } }])
    expect(lose(next, { reason: '价格' }).events).toEqual([])
    expect(() => lose(next, { reason: '交期' })).toThrow(expect.objectContaining({ code: 'opportunity_is_lost' }))
  })

  test('ends on no day before it began', () => {
    const opportunity = anOpportunity({ engagedOn: '2026-03-05', status: 'negotiation' })
    const refusal = expect.objectContaining({ code: 'closed_before_engaged' })
    expect(() => win(opportunity, { value: yuan(1n), on: '2026-03-04' })).toThrow(refusal)
    expect(() => lose(opportunity, { reason: 'x', on: '2026-03-04' })).toThrow(refusal)
    expect(win(opportunity, { value: yuan(1n), on: '2026-03-05' }).next.status).toBe('won')
  })

  test('is won after it was quoted; out of an earlier stage only by a migration', () => {
    const quick = { value: yuan(1n), on: '2026-03-05' }
    for (const status of ['discovery', 'requirement_confirmed', 'solution', 'on_hold'] as const) {
      const refusal = expect.objectContaining({ code: `opportunity_is_${status}` })
      expect(() => win(anOpportunity({ status }), quick)).toThrow(refusal)
      if (status === 'on_hold')
        expect(() => win(anOpportunity({ status }), { ...quick, migrating: true })).toThrow(refusal)
      else expect(win(anOpportunity({ status }), { ...quick, migrating: true }).next.status).toBe('won')
    }
  })

  test('ends on no day before it was made, unless a migration brought it', () => {
    const made = anOpportunity({ status: 'quoted', businessDate: '2026-03-04' })
    const refusal = expect.objectContaining({
      code: 'closed_before_made',
      params: { businessDate: '2026-03-04', closedOn: '2026-03-03' },
    })
    expect(() => win(made, { value: yuan(1n), on: '2026-03-03' })).toThrow(refusal)
    expect(() => lose(made, { reason: 'x', on: '2026-03-03' })).toThrow(refusal)
    expect(win({ ...made, origin: 'migrated' }, { value: yuan(1n), on: '2026-03-03' }).next.status).toBe('won')
  })

  test('moves to another owner and keeps everything else', () => {
    const opportunity = anOpportunity({ status: 'quoted' })
    const to = aPlace()
    const { next, events } = place(opportunity, to)
    expect(next).toEqual({ ...opportunity, ...to })
    expect(events).toMatchObject([{ stage: 'quoted', ownerId: to.ownerId, orgPath: to.orgPath }])
  })

  test('whatever is tried, an end stays an end, and each change is told by one event', () => {
    const attempt = fc.constantFrom<Stage>(...OPEN_STAGES, 'won', 'lost')
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 12 }), (attempts) => {
        let opportunity = anOpportunity()
        for (const to of attempts) {
          const before = opportunity
          try {
            const decide = isOpen(to)
              ? advance(before, to, to === 'requirement_confirmed' ? '20 台' : undefined)
              : to === 'won'
                ? win(before, { value: yuan(1n), on: '2026-03-02' })
                : lose(before, { reason: 'x', on: '2026-03-02' })
            opportunity = decide.next
            expect(decide.events).toHaveLength(opportunity === before ? 0 : 1)
          } catch (error) {
            expect(error).toMatchObject({ kind: 'conflict' })
          }
          if (!isOpen(before.status)) expect(opportunity).toBe(before)
        }
      }),
    )
  })
})

describeTransitions<Stage, Opportunity>(
  'opportunity',
  TRANSITIONS,
  {
    ...Object.fromEntries(OPEN_STAGES.map((stage) => [stage, (opportunity: Opportunity) => step(opportunity, stage)])),
    won: (opportunity) => win(opportunity, { value: yuan(1n), on: '2026-03-02' }),
    lost: (opportunity) => lose(opportunity, { reason: 'x', on: '2026-03-02' }),
  },
  { first: 'discovery', build: ({ status }) => anOpportunity({ status }) },
)
