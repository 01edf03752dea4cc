import { describe, expect, test } from 'vitest'
import { REPORTS } from './all.ts'
import { groupingsAsked } from './groupings-asked.ts'
import { wordOf } from './labels.ts'
import { documentsOf, keysIn } from './link.ts'
import { between } from './report.ts'
import { inOrder } from './row-order.ts'

describe('R530: a row leads to its documents', () => {
  const asked = { groupings: ['region', 'person'], from: '2017-01-01', to: undefined } as const
  const row = { report: 'sales', currency: 'CNY' }

  test('by its keys, whatever stands in them', () => {
    const link = documentsOf({ ...row, keys: ['North, East & 100 %', ''] }, asked)
    const query = new URL(link, 'http://x').searchParams
    expect(link).toMatch(/^\/v1\/reports\/sales\/documents\?groupBy=region%2Cperson&keys=/)
    expect(Object.fromEntries(query)).toMatchObject({ currencyCode: 'CNY', from: '2017-01-01' })
    expect(keysIn(query.get('keys') ?? '', 2)).toEqual(['North, East & 100 %', ''])
  })

  test('a total has no keys, and an unknown key is one', () => {
    expect(documentsOf(row, asked)).not.toContain('keys=')
    expect(documentsOf({ ...row, keys: [''] }, { ...asked, groupings: ['region'] })).toContain('&keys=&')
    expect(keysIn('', 1)).toEqual([''])
  })

  test('keys that are not those of a row are none', () => {
    expect(keysIn('North', 2)).toBeUndefined()
    expect(keysIn('%E0%A4%A', 1)).toBeUndefined()
  })
})

describe('groupings', () => {
  const sales = REPORTS.sales

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
