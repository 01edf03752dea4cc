import { describe, expect, test } from 'vitest'
import { REPORTS } from './all.ts'
import { groupingsAsked } from './groupings-asked.ts'
import { wordOf } from './labels.ts'
import { daysOf, link } from './link.ts'
import { between } from './report.ts'
import { inOrder } from './row-order.ts'

const documents = (name: string, keys: object) =>
  REPORTS.get(name)?.documents(keys, { from: '2017-01-01', to: '2017-03-15' })

describe('R530: a row leads to its documents', () => {
  test.each([
    [
      'sales',
      { person: 'p1', month: '2017-03' },
      '/v1/orders?ownerId=p1&orderDateFrom=2017-03-01&orderDateTo=2017-03-15',
    ],
    ['sales', { office: 'u1' }, '/v1/orders?orderDateFrom=2017-01-01&orderDateTo=2017-03-15'],
    ['pipeline', { stage: 'on_hold', customer: 'c1' }, '/v1/opportunities?stage=ON_HOLD&customerId=c1'],
    ['receivables', { bucket: 'over90' }, '/v1/receivables?status=OPEN&overdue=true'],
    ['receivables', { bucket: 'notDue', customer: 'c1' }, '/v1/receivables?status=OPEN&customerId=c1'],
    ['attainment', { person: 'p1', period: '2017-Q1' }, '/v1/targets?nodeId=p1&period=2017-Q1'],
    ['commission', { person: 'p1' }, '/v1/commission-lines?personId=p1'],
  ])('of %s by %j', (name, keys, expected) => {
    expect(documents(name, keys)).toBe(expected)
  })

  test('what is unknown narrows nothing', () => {
    expect(link('/v1/orders', { ownerId: '', customerId: undefined })).toBe('/v1/orders')
    expect(daysOf({ month: '' }, {})).toEqual({ from: undefined, to: undefined })
  })
})

describe('groupings', () => {
  const sales = REPORTS.get('sales')!

  test('are taken once each, in the order of the request', () => {
    expect(groupingsAsked(sales, 'person,month,person')).toEqual(['person', 'month'])
    expect(groupingsAsked(sales, '')).toEqual(['month'])
  })

  test('that a report does not know are refused by name', () => {
    expect(() => groupingsAsked(sales, 'month,stage')).toThrow(
      expect.objectContaining({ code: 'unknown_grouping', params: expect.objectContaining({ grouping: 'stage' }) }),
    )
  })
})

test('rows follow stages and buckets as those follow each other, and names otherwise', () => {
  const labels = (_grouping: string, key: string) => ({ p1: 'Zoe', p2: 'Ann' })[key] ?? key
  const group = (keys: object, currency = 'CNY') => ({ keys, currency, amounts: {}, counts: {} })
  const groups = [
    group({ stage: 'won', person: 'p1' }),
    group({ stage: 'discovery', person: 'p1' }, 'USD'),
    group({ stage: 'discovery', person: 'p1' }),
    group({ stage: 'discovery', person: 'p2' }),
  ]
  expect(inOrder(groups, ['stage', 'person'], labels)).toEqual([groups[3], groups[2], groups[1], groups[0]])
})

test('stages and buckets have words in both languages', () => {
  expect(wordOf('bucket', 'over90', 'zh-CN')).toBe('逾期 90 天以上')
  expect(wordOf('stage', 'negotiation', 'en')).toBe('in negotiation')
  expect(wordOf('person', 'over90', 'en')).toBeUndefined()
})

test('days without end ask for nothing', () => {
  expect(between('day', {})).toEqual({})
  expect(between('day', { from: '2017-01-01' })).toEqual({ day: { $gte: '2017-01-01' } })
})
