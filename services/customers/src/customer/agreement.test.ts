import { describe, expect, test } from 'vitest'
import { agree, agreementOn, endAgreement, type PartnerAgreement } from './agreement.ts'
import type { Customer } from './customer.ts'

const customer: Customer = {
  id: 'c1',
  version: 1,
  companyId: 'c',
  ownerId: 'p',
  unitId: 'u',
  orgPath: ['u'],
  origin: 'entered',
  name: '经销商',
  status: 'active',
  grade: 'ordinary',
  businessDate: '2026-01-01',
  createdAt: new Date(0),
}
const agreement = (from: string, until?: string, orderIntake: PartnerAgreement['orderIntake'] = 'sales_confirms') => ({
  tier: 'distributor' as const,
  orderIntake,
  from,
  ...(until !== undefined && { until }),
})

describe('a partner agreement', () => {
  test('makes the customer a channel partner, and is active from its day on', () => {
    const { next, events } = agree(customer, agreement('2026-03-10'))
    expect([agreementOn(next, '2026-03-09'), agreementOn(next, '2026-03-10')?.orderIntake]).toEqual([
      undefined,
      'sales_confirms',
    ])
    expect(next).toMatchObject({ channelTier: 'distributor', partnerId: 'c1' })
    expect(events.map(({ $typeName }) => $typeName.split('.').at(-1))).toEqual([
      'CustomerChanged',
      'PartnerAgreementsSet',
    ])
    expect(events.at(-1)).toMatchObject({
      customerId: 'c1',
      agreements: [{ tier: 'distributor', orderIntake: 'sales_confirms', activeFrom: '2026-03-10' }],
    })
  })

  test('ends the one before it, and not one that begins later', () => {
    const first = agree(customer, agreement('2026-01-01')).next
    const second = agree(first, agreement('2026-03-01', '2026-06-01', 'automatic')).next
    expect(second.agreements?.map(({ from, until }) => [from, until])).toEqual([
      ['2026-01-01', '2026-03-01'],
      ['2026-03-01', '2026-06-01'],
    ])
    expect(agreementOn(second, '2026-06-01')).toBeUndefined()
    expect(() => agree(second, agreement('2026-02-01'))).toThrow('agreement_overlaps')
    expect(() => agree(second, agreement('2026-07-01', '2026-07-01'))).toThrow('span_is_empty')
  })

  test('said again changes nothing', () => {
    const { next } = agree(customer, agreement('2026-01-01'))
    expect(agree(next, agreement('2026-01-01'))).toEqual({ next, events: [] })
  })

  test('is ended with all that follow it, once', () => {
    const { next } = agree(agree(customer, agreement('2026-01-01')).next, agreement('2026-05-01'))
    const ended = endAgreement(next, '2026-03-10')
    expect(ended.next.agreements?.map(({ from, until }) => [from, until])).toEqual([['2026-01-01', '2026-03-10']])
    expect(endAgreement(ended.next, '2026-03-10')).toEqual({ next: ended.next, events: [] })
    expect(() => endAgreement(ended.next, '2026-04-01')).toThrow('agreement_not_active')
    expect(() => endAgreement(customer, '2026-04-01')).toThrow('agreement_not_active')
  })
})
