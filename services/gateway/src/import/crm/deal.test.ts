import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { plainRow } from '../plain-row.ts'
import { Rejected } from '../reject.ts'
import { tallyOf } from '../tally.ts'
import { accountRows } from './accounts.ts'
import { dealIn } from './deal.ts'
import { crm } from './profile.ts'

const known = {
  agents: new Map([['Anna', { personId: 'p1', managerId: 'p2' }]]),
  products: new Set(['GTX Pro']),
  customers: new Map([['Acme', 'c1']]),
  today: '2026-03-10',
}
const GOOD = {
  opportunity_id: 'A1',
  sales_agent: 'Anna',
  product: 'GTXPro',
  account: 'Acme',
  deal_stage: 'Won',
  engage_date: '2016-10-20',
  close_date: '2017-03-01',
  close_value: '4821',
}

test('a deal is read with what is misspelt as it is meant, which is told', () => {
  const tally = tallyOf()
  const deal = dealIn({ tally }, known, { line: 2, cells: GOOD })
  expect(deal).toMatchObject({ product: 'GTX Pro', sku: 'GTX-PRO', customerId: 'c1', value: { amount: '4821.00' } })
  expect(tally.takeFindings()).toMatchObject([
    { outcome: 'mapped', column: 'product', words: { en: 'Taken as GTX Pro.' } },
  ])
})

/** Reads, or rejects by a column that the file has, in words of both languages. */
const decided = (columns: readonly string[], decide: () => unknown): void => {
  try {
    decide()
  } catch (error) {
    expect(error).toBeInstanceOf(Rejected)
    const { column, words } = error as Rejected
    expect(columns).toContain(column)
    expect([words.zh, words.en]).toEqual([expect.stringMatching(/[^…]$/), expect.stringMatching(/[^…]$/)])
  }
}

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e400',
    '2017-02-30',
    '0001-01-01',
    '9999-12-31',
    'Won',
    'Lost',
    'Engaging',
    'Acme',
    'Anna',
  ),
)
const deals = crm.columns['sales_pipeline.csv'] ?? []
const accounts = crm.columns['accounts.csv'] ?? []
const cellsOf = (columns: readonly string[]) =>
  fc.record(Object.fromEntries(columns.map((column) => [column, cell])), { requiredKeys: [] })

property.prop([cellsOf(deals)])(
  'whatever stands in the cells of a deal, it is read or rejected by its column',
  (odd) => {
    decided(deals, () => dealIn({ tally: tallyOf() }, known, plainRow({ line: 2, cells: { ...GOOD, ...odd } }, deals)))
  },
)

property.prop([cellsOf(accounts)])('and so are the cells of an account', (odd) => {
  const { decide } = accountRows({ tally: tallyOf() })
  decided(accounts, () => decide(plainRow({ line: 2, cells: { account: 'Acme', ...odd } }, accounts)))
})
