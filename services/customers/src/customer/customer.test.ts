import { newId } from '@saleswright/kernel'
import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { anIntake, aPlace, yuan } from '../../test/records.ts'
import {
  acceptHandover,
  become,
  beginCredit,
  type Customer,
  creditOn,
  firstSale,
  handOver,
  open,
  place,
  type Status,
  setCredit,
  TRANSITIONS,
  update,
} from './customer.ts'

const AT = new Date('2026-03-01T02:00:00Z')
const aCustomer = (changes: Partial<Customer> = {}): Customer => ({
  ...open(anIntake(), { name: '上海金桥有限公司', grade: 'ordinary', sector: 'retail' }, AT).next,
  ...changes,
})

describe('a customer file', () => {
  test('begins as a potential customer and says so', () => {
    const { next, events } = open(anIntake(), { name: '金桥', grade: 'key' }, AT)
    expect(next).toMatchObject({ status: 'potential', grade: 'key', createdAt: AT })
    expect(next.partnerId).toBeUndefined()
    expect(events).toMatchObject([
      { $typeName: 'saleswright.customers.v1.CustomerChanged', customerId: next.id, status: 'potential', grade: 'key' },
    ])
  })

  test('of a channel partner is read by that partner', () => {
    const { next } = open(anIntake(), { name: '金桥', grade: 'ordinary', channelTier: 'agent' }, AT)
    expect(next.partnerId).toBe(next.id)
    expect(update(aCustomer(), { channelTier: 'retailer' }).next.partnerId).toBeDefined()
  })

  test('takes over what is told and keeps what is not', () => {
    const { next, events } = update(aCustomer(), { region: '华东', sector: undefined, annualRevenue: yuan(5n) })
    expect(next).toMatchObject({ region: '华东', sector: 'retail', annualRevenue: yuan(5n) })
    expect(events).toHaveLength(1)
  })

  test('tells nothing where nothing new is told', () => {
    const customer = aCustomer({ annualRevenue: yuan(5n) })
    expect(update(customer, { sector: 'retail', status: 'potential', annualRevenue: yuan(5n) }).events).toEqual([])
  })

  test('is not its own parent', () => {
    const customer = aCustomer()
    expect(() => update(customer, { parentId: customer.id })).toThrow(
      expect.objectContaining({ code: 'customer_cycle' }),
    )
  })
})

describe('handing over', () => {
  test('R137: tells from whom, to whom and why, and the file as it is then', () => {
    const customer = aCustomer()
    const to = aPlace()
    const { next, events } = handOver(customer, to, { reason: '区域调整', on: '2026-03-02' })
    expect(next).toMatchObject(to)
    expect(events).toMatchObject([
      { fromPersonId: customer.ownerId, toPersonId: to.ownerId, reason: '区域调整' },
      { ownerId: to.ownerId, unitId: to.unitId, orgPath: to.orgPath },
    ])
  })

  test('R137: is accepted by the new owner, once, and by nobody else', () => {
    const to = aPlace()
    const handed = handOver(aCustomer(), to, { reason: 'x', on: '2026-03-02' }).next
    expect(() => acceptHandover(handed, newId(), '2026-03-03')).toThrow(
      expect.objectContaining({ code: 'handover_not_yours' }),
    )
    const { next, events } = acceptHandover(handed, to.ownerId, '2026-03-03')
    expect(next.handover).toMatchObject({ on: '2026-03-02', acceptedOn: '2026-03-03' })
    expect(events).toMatchObject([{ personId: to.ownerId, on: '2026-03-03' }])
    expect(acceptHandover(next, to.ownerId, '2026-03-04').events).toEqual([])
    const kept = aCustomer()
    expect(() => acceptHandover(kept, kept.ownerId, '2026-03-03')).toThrow(
      expect.objectContaining({ code: 'no_handover' }),
    )
  })

  test('to its owner is no handover, unless the owner sits elsewhere by now', () => {
    const customer = aCustomer()
    expect(() => handOver(customer, customer, { reason: 'x', on: '2026-03-02' })).toThrow(
      expect.objectContaining({ code: 'handover_to_owner' }),
    )
    const to = { ...aPlace(), ownerId: customer.ownerId }
    const { next, events } = handOver(customer, to, { reason: '随人调动', on: '2026-03-02' })
    expect(next).toMatchObject(to)
    expect(next.handover).toBeUndefined()
    expect(events).toMatchObject([{ fromPersonId: customer.ownerId, toPersonId: customer.ownerId }, {}])
  })
})

test('the first sale makes a potential customer active, and a later one changes nothing', () => {
  const { next, events } = firstSale(aCustomer())
  expect([next.status, events.length]).toEqual(['active', 1])
  expect(firstSale(next).events).toEqual([])
  expect(firstSale(aCustomer({ status: 'lapsed' })).events).toEqual([])
})

test('R240: an approved limit is told with its span', () => {
  const credit = { amount: yuan(3_000_000n), from: '2026-03-01', until: '2027-02-28' }
  const { next, events } = setCredit(aCustomer(), credit, '2026-03-01')
  expect(next.credit).toEqual(credit)
  expect(events).toMatchObject([{ limit: { amount: '30000.00' }, validFrom: '2026-03-01', validUntil: '2027-02-28' }])
})

test('a limit is in force from its first day on, and on its end no longer', () => {
  const credit = { amount: yuan(1n), from: '2026-03-01', until: '2027-03-01' }
  const { next } = setCredit(aCustomer(), credit, '2026-03-01')
  const inForce = ['2026-02-28', '2026-03-01', '2027-02-28', '2027-03-01'].map(
    (date) => creditOn(next, date) === credit,
  )
  expect(inForce).toEqual([false, true, true, false])
  expect(creditOn(aCustomer(), '2026-03-01')).toBeUndefined()
})

describe('R240: a limit beside another one', () => {
  const limit = (from: string, until: string, minor = 1n) => ({ amount: yuan(minor), from, until })
  const now = limit('2026-01-01', '2027-01-01', 5n)
  const renewal = limit('2027-01-01', '2028-01-01', 9n)
  const withBoth = setCredit(setCredit(aCustomer(), now, '2026-03-01').next, renewal, '2026-12-01').next

  test('that begins later leaves the one in force until then, and is told when it begins', () => {
    expect(creditOn(withBoth, '2026-12-31')).toEqual(now)
    expect(creditOn(withBoth, '2027-01-01')).toEqual(renewal)
    expect(beginCredit(withBoth, '2026-12-31').events).toEqual([])
    const begun = beginCredit(withBoth, '2027-01-01')
    expect(begun.events).toMatchObject([{ limit: { amount: '0.09' }, validFrom: '2027-01-01' }])
    expect(beginCredit(begun.next, '2027-01-02').events).toEqual([])
    expect(creditOn(begun.next, '2027-06-01')).toEqual(renewal)
  })

  test('that was approved when it was over already changes nothing', () => {
    const held = setCredit(aCustomer(), now, '2026-03-01').next
    expect(setCredit(held, limit('2025-01-01', '2026-03-01'), '2026-03-01')).toEqual({ next: held, events: [] })
  })

  test('that was decided later counts, also over one that was to begin within it', () => {
    const longer = limit('2026-12-15', '2027-12-15', 7n)
    const { next } = setCredit(withBoth, longer, '2026-12-15')
    expect([creditOn(next, '2026-12-15'), creditOn(next, '2027-02-01')]).toEqual([longer, longer])
  })
})

test('a file whose unit moves tells its new way down', () => {
  const customer = aCustomer()
  const { next, events } = place(customer, { ...customer, orgPath: ['r', 'new', 'u'] })
  expect(next).toEqual({ ...customer, orgPath: ['r', 'new', 'u'] })
  expect(events).toMatchObject([{ customerId: customer.id, orgPath: ['r', 'new', 'u'] }])
})

describeTransitions<Status, Customer>(
  'customer',
  TRANSITIONS,
  {
    active: (customer) => become(customer, 'active'),
    at_risk: (customer) => become(customer, 'at_risk'),
    lapsed: (customer) => become(customer, 'lapsed'),
    recalled: (customer) => become(customer, 'recalled'),
  },
  { first: 'potential', build: ({ status }) => aCustomer({ status }) },
)
